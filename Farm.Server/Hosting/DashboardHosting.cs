using Farm.Dashboard;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Hosting.PageKeys;
using Farm.Server.Hosting.StaticFiles;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.SignalR;

namespace Farm.Server.Hosting;

/// <summary>Adds the dashboard: services, pages and static files.</summary>
internal static class DashboardHosting
{
    /// <summary>The <see cref="ProtocolName"/> of the dashboard's endpoints.</summary>
    public const string Name = ProtocolName.Dashboard;

    /// <summary>Adds the framework services of the dashboard; <see cref="Dashboard.DashboardPorts"/> adds its ports.</summary>
    public static IServiceCollection AddFarmDashboard(this IServiceCollection services)
    {
        services.AddSingleton<OpenPages>();
        services.AddSingleton<OpenPagesFilter>();
        services.AddSingleton<PageAccessFilter>();
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuits =>
            {
                // A page whose connection was lost keeps its memory for this long, in case that it comes back; without it, the page reloads.
                circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromSeconds(45);
                circuits.DisconnectedCircuitMaxRetained = 50;
            })
            .AddHubOptions(hub =>
            {
                hub.AddFilter<OpenPagesFilter>();
                hub.AddFilter<PageAccessFilter>();
            });
        services.AddDashboard();
        // As the session cookie: never sent without encryption, once it was set with it.
        services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);

        services.AddDataProtection().AddKeyManagementOptions(options =>
        {
            options.XmlRepository = new InMemoryKeyRepository();
            options.XmlEncryptor = new NullXmlEncryptor();
        });

        services.AddSingleton<MatcherPolicy, HtmlOnlyMatcherPolicy>();
        services.AddSingleton(new StaticFileCatalog(typeof(DashboardHosting).Assembly, typeof(App).Assembly));
        services.AddSingleton<IAssetLinks>(provider => provider.GetRequiredService<StaticFileCatalog>());
        return services;
    }

    /// <summary>
    /// Maps the pages and static files. <c>GET /</c> shows the dashboard only to requests that accept <c>text/html</c>; protocols answer the others.
    /// </summary>
    public static WebApplication MapFarmDashboard(this WebApplication app)
    {
        // Only for pages: workers poll all the time.
        app.UseWhen(IsPage, pages =>
        {
            pages.UseMiddleware<RefuseCircuitsOnShutdownMiddleware>();
            pages.UseMiddleware<OpenPagesMiddleware>();
            pages.UseMiddleware<SessionUserMiddleware>();
            pages.UseAntiforgery();
        });
        var name = new ProtocolName(Name);
        app.MapGroup("").Allows(RouteAccess.Anyone).WithMetadata(name).MapEmbeddedStaticFiles(app.Services.GetRequiredService<StaticFileCatalog>());
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().WithMetadata(name).Add(SetUpEndpoint);
        return app;
    }

    private static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ProtocolName>()?.Name == Name;

    private static void SetUpEndpoint(EndpointBuilder endpoint)
    {
        var path = "/" + (endpoint as RouteEndpointBuilder)?.RoutePattern.RawText?.TrimStart('/');
        if (path == "/") endpoint.Metadata.Add(new HtmlOnlyAttribute());
        var isOpen = path is SignInAddresses.Page or SignInAddresses.SetupPage or SignInAddresses.PasswordPage || path.StartsWith("/_framework/", StringComparison.Ordinal);
        endpoint.Metadata.Add(isOpen ? RouteAccess.Anyone : RouteAccess.Needs(Permission.Look));
    }
}
