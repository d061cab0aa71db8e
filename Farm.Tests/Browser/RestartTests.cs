using Farm.Tests.Browser.Support;
using Farm.Tests.Drills;
using Farm.Tests.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>A page that someone left open comes back by itself when the farm does.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RestartTests(SharedBrowser browser)
{
    [BrowserFact]
    public async Task A_page_is_alive_again_after_its_farm_was_killed_and_started_anew()
    {
        using var data = new TemporaryDirectory();
        var port = ServerProcess.FreePort();
        var farm = await ServerProcess.StartAsync(data["farm"], port);
        try
        {
            await using var window = await Window.OpenAsync(browser, new Uri($"http://127.0.0.1:{port}"));
            await window.GoToAsync("/jobs");
            farm.KillNow();
            await Assertions.Expect(window.Page.Locator(".reconnect-trying")).ToBeVisibleAsync();
            farm.Dispose();
            farm = await ServerProcess.StartAsync(data["farm"], port);

            await Assertions.Expect(window.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync(new() { Timeout = 120_000 });
            await window.AliveAsync();
            await RawWorker.SubmitAsync(port, 1);
            await Assertions.Expect(window.Page.Locator("[data-rows] a.row-link")).ToHaveCountAsync(1);
            // Whatever a browser says about a server that is gone is right.
            window.Forgive("");
        }
        finally
        {
            farm.Dispose();
        }
    }
}
