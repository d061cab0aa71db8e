using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Farm.Server.Hosting.Security;

/// <summary>Adds the security middleware.</summary>
internal static class SecurityHosting
{
    /// <summary>Adds the limits of the web server, and the settings for <see cref="UseFarmSecurity"/>.</summary>
    public static IServiceCollection AddFarmSecurity(this IServiceCollection services, SecuritySettings settings)
    {
        services.AddSingleton(settings);
        services.AddTransient<IStartupFilter, TokenPathFilter>();
        services.AddCors();
        services.AddSingleton(new BodyMemory(settings.MaxBufferedBytes));
        services.AddSingleton(new HostNames(Dns.GetHostName(), settings.Hosts));
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
        });
        // A body that cannot be bound then reaches ErrorMiddleware instead of becoming an empty 400.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        return services;
    }

    /// <summary>
    /// Must come before all other middleware. WebApplication puts routing in front, so the endpoint is known: errors have its format, and its
    /// limits apply.
    /// </summary>
    public static IApplicationBuilder UseFarmSecurity(this IApplicationBuilder app)
    {
        var settings = app.ApplicationServices.GetRequiredService<SecuritySettings>();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<ErrorMiddleware>((Func<Guid>)Guid.NewGuid);
        if (settings.TrustedProxies.Networks.Count > 0)
            app.UseForwardedHeaders(Forwarding(settings.TrustedProxies));
        app.UseMiddleware<UntrustedProxyMiddleware>();
        app.UseMiddleware<NetworkMiddleware>();
        app.UseMiddleware<HostMiddleware>();
        // Before the checks that refuse, so that a page of an allowed origin can read why.
        app.UseCors();
        app.UseMiddleware<OriginMiddleware>();
        app.UseMiddleware<BodyLimitMiddleware>();
        app.UseMiddleware<BodyMemoryMiddleware>();
        app.UseMiddleware<FormCharsetMiddleware>();
        return app;
    }

    /// <summary>Refuses callers who may not use a route. Must come after <see cref="UseFarmSecurity"/>, and before anything reads a body.</summary>
    public static IApplicationBuilder UseFarmAccess(this IApplicationBuilder app) => app.UseMiddleware<AccessMiddleware>();

    private static ForwardedHeadersOptions Forwarding(NetworkList trusted)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // The first address that is not a trusted proxy is the client.
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted.Networks)
            options.KnownIPNetworks.Add(network);
        return options;
    }
}
