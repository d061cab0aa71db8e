using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Farm.Server.Hosting.Security;

/// <summary>Puts the farm's guards into a web application.</summary>
internal static class SecurityHosting
{
    /// <summary>Before <c>Build</c>: the server's own limits, and the settings for <see cref="UseFarmSecurity"/>.</summary>
    public static IServiceCollection AddFarmSecurity(this IServiceCollection services, SecuritySettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(new HostNames(Dns.GetHostName(), settings.Hosts));
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
        });
        // A body that cannot be bound to an endpoint's parameters is then answered in the protocol's form, not with an empty 400.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return services;
    }

    /// <summary>
    /// First of all middlewares, after <c>Build</c>. Routing has chosen the endpoint by then (WebApplication puts it in front), so that
    /// a refusal has the endpoint's form and the limits are the endpoint's. Each guard only sees what the ones before it let through:
    /// errors of all that follows; the client's real address; its network; the name it asked for; its page; the length of what it sends.
    /// </summary>
    public static IApplicationBuilder UseFarmSecurity(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<SecuritySettings>();
        app.UseMiddleware<PageHeadersMiddleware>();
        app.UseMiddleware<ErrorMiddleware>((Func<Guid>)Guid.NewGuid);
        if (settings.TrustedProxies.Networks.Count > 0)
            app.UseForwardedHeaders(Forwarding(settings.TrustedProxies));
        app.UseMiddleware<ForwardingNoticeMiddleware>();
        app.UseMiddleware<PeerMiddleware>();
        app.UseMiddleware<HostMiddleware>();
        app.UseMiddleware<OriginMiddleware>();
        app.UseMiddleware<BodyLimitMiddleware>();
        return app;
    }

    private static ForwardedHeadersOptions Forwarding(NetworkList trusted)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // As many proxies as are trusted: the first address that is not one of them is the client.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted.Networks)
            options.KnownIPNetworks.Add(network);
        return options;
    }
}
