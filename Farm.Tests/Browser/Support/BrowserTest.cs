using System.Text.Json.Nodes;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser.Support;

/// <summary>A test with a farm and a window of its own. It fails at its end if the browser complained of anything.</summary>
[Collection(BrowserCollection.Name)]
public abstract class BrowserTest(SharedBrowser browser) : IAsyncLifetime
{
    internal TestFarm Farm { get; private set; } = null!;

    internal Window Window { get; private set; } = null!;

    /// <summary>The width of the page in pixels.</summary>
    protected virtual int Width => 1400;

    internal IPage Page => Window.Page;

    /// <summary>The status of the job or worker whose page is shown.</summary>
    internal ILocator Status => Page.Locator(".job-title .status");

    public async Task InitializeAsync()
    {
        Farm = await TestFarm.StartAsync(clock: TimeProvider.System);
        Window = await Window.OpenAsync(browser, Farm.Client.BaseAddress!, Width);
    }

    public async Task DisposeAsync()
    {
        await using (Farm) await Window.DisposeAsync();
    }

    /// <summary>Another window on the same farm.</summary>
    internal Task<Window> AnotherWindowAsync(string theme) => Window.OpenAsync(browser, Farm.Client.BaseAddress!, Width, theme);

    /// <summary>Signs somebody new in, without a form.</summary>
    internal async Task EnterAsync(string name, bool administrator = false) => await EnterAsync(await Farm.PersonAsync(name, administrator));

    /// <summary>Signs somebody in, without a form.</summary>
    internal Task EnterAsync(TrackerCaller who) => Page.Context.AddCookiesAsync(
        [new() { Name = "tt", Value = who.Session!, Url = Farm.Client.BaseAddress!.ToString() }]);

    internal static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    internal static IPageAssertions Expect(IPage page) => Assertions.Expect(page);

    /// <summary>A worker as the farm describes it.</summary>
    internal Task<JsonObject> WorkerAsync(string id) => Farm.GetAsync($"/api/v3/worker-mgt/workers/{id}");

    /// <summary>The status of a task.</summary>
    internal async Task<string> StatusOfTaskAsync(JsonNode? id) => (string)(await Farm.GetAsync($"/api/v3/tasks/{id}"))["status"]!;
}
