using Farm.Tests.Browser.Support;
using Farm.Tests.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>A page that is open while its server goes.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ReconnectTests(SharedBrowser browser)
{
    [BrowserFact]
    public async Task A_page_says_that_the_farm_is_gone_and_works_again_when_it_is_loaded_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var server = FarmProcess.Start(directory.Path, "serve", "--urls", "http://127.0.0.1:0");
        var address = await server.Address();
        await using var window = await Window.Open(browser, address);
        await window.GoTo("/jobs");

        await using (server) await server.Kill();
        await Assertions.Expect(window.Page.GetByText("Connection to the farm lost.")).ToBeVisibleAsync();

        await using var again = FarmProcess.Start(directory.Path, "serve", "--urls", address.ToString());
        await again.Address();
        await Assertions.Expect(window.Page.GetByText("The farm does not answer.").Or(window.Page.GetByText("Connection to the farm lost."))).ToBeHiddenAsync(new() { Timeout = 120_000 });
        await window.GoTo("/jobs");
        await Assertions.Expect(window.Page.GetByText("No jobs yet.")).ToBeVisibleAsync();
        window.Forgive("WebSocket");
        window.Forgive("ERR_CONNECTION_REFUSED");
        window.Forgive("Connection disconnected with error");
    }
}
