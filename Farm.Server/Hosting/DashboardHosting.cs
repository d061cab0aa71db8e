using Farm.Dashboard;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Hosting.StaticFiles;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Farm.Server.Hosting;

/// <summary>Puts the browser dashboard into the server: its services, its pages and its static files.</summary>
internal static class DashboardHosting
{
    private const string Dashboard = "dashboard";

    /// <summary>Adds what the dashboard needs of the framework. The ports of <c>Farm.Dashboard/Ports</c> are added by who implements them.</summary>
    public static IServiceCollection AddFarmDashboard(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddDashboard();

        services.AddDataProtection().AddKeyManagementOptions(options =>
        {
            options.XmlRepository = new KeysInMemory();
            options.XmlEncryptor = new NullXmlEncryptor();
        });

        services.AddSingleton<MatcherPolicy, HtmlOnlyMatcherPolicy>();
        services.AddSingleton(new StaticFileCatalog(typeof(DashboardHosting).Assembly, typeof(App).Assembly));
        services.AddSingleton<IAssetLinks>(provider => provider.GetRequiredService<StaticFileCatalog>());
        return services;
    }

    /// <summary>
    /// Maps the pages and static files. <c>GET /</c> is the dashboard's only for requests that name <c>text/html</c>:
    /// other forms of it are left to the contracts.
    /// </summary>
    public static WebApplication MapFarmDashboard(this WebApplication app)
    {
        // Only for pages: workers poll all the time.
        app.UseWhen(IsPage, pages =>
        {
            pages.UseMiddleware<NoCircuitsWhileStoppingMiddleware>();
            pages.UseMiddleware<SessionUserMiddleware>();
            pages.UseAntiforgery();
        });
        var name = new ProtocolName(Dashboard);
        app.MapGroup("").WithMetadata(name).MapEmbeddedStaticFiles(app.Services.GetRequiredService<StaticFileCatalog>());
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().WithMetadata(name).Add(ShareTheRoot);
        return app;
    }

    private static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ProtocolName>()?.Name == Dashboard;

    private static void ShareTheRoot(EndpointBuilder endpoint)
    {
        if (endpoint is not RouteEndpointBuilder { RoutePattern.RawText: "/" } root)
            return;

        root.Metadata.Add(new HtmlOnlyAttribute());
    }
}
