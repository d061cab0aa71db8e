using System.Net;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting;
using Farm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Farm.Tests.Hosting;

public sealed class DashboardHostingTests
{
    [Fact]
    public async Task A_page_that_reconnects_during_shutdown_is_rejected_and_does_not_delay_it()
    {
        await using var host = await TestWebHost.StartAsync(app => app.MapFarmDashboard(), services => services.AddFarmDashboard().AddSingleton(new SessionCookie(new SessionCookieSettings())));
        using var before = await host.Client.PostAsync("_blazor/negotiate?negotiateVersion=1", null);

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var after = await host.Client.PostAsync("_blazor/negotiate?negotiateVersion=1", null);

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, after.StatusCode);
    }
}
