using Farm.Tests.Browser.Support;

namespace Farm.Tests.Browser;

/// <summary>The colours that were chosen for contrast and for staying apart under colour blindness.</summary>
public sealed class ColourTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public Task Dark() => Shows("dark", new()
    {
        ["queued"] = "rgb(196, 203, 211)",
        ["active"] = "rgb(90, 153, 242)",
        ["completed"] = "rgb(53, 227, 154)",
        ["soft-failed"] = "rgb(255, 187, 51)",
        ["failed"] = "rgb(226, 97, 63)",
    }, "rgb(20, 24, 29)");

    [BrowserFact]
    public Task Light() => Shows("light", new()
    {
        ["queued"] = "rgb(107, 114, 128)",
        ["active"] = "rgb(0, 47, 112)",
        ["completed"] = "rgb(0, 112, 65)",
        ["soft-failed"] = "rgb(156, 110, 17)",
        ["failed"] = "rgb(133, 0, 0)",
    }, "rgb(255, 255, 255)");

    private async Task Shows(string theme, Dictionary<string, string> colours, string ground)
    {
        var job = await Farm.SubmitFrames(5);
        var (first, second) = (await Farm.Awake("first"), await Farm.Awake("second"));
        await first.Report(await first.Take(), "completed");
        await first.TakeAndFail();
        var task = await second.Take();
        using (await Farm.Client.PostAsync($"/api/v3/tasks/{task["uuid"]}/setstatus", new StringContent("""{"status":"failed","reason":"test"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"))))
            await first.Take();
        await using var window = await AnotherWindow(theme);
        await window.GoTo($"/jobs/{job["id"]}");

        Assert.Equal(ground, await Style(window, ".card", "backgroundColor"));
        foreach (var (word, colour) in colours)
        {
            var badge = window.Page.Locator("tbody .status", new() { HasTextRegex = new($"(^|[^-]){word}$") }).First;
            await Expect(badge).ToBeVisibleAsync();
            Assert.Equal((word, colour), (word, await badge.EvaluateAsync<string>("badge => getComputedStyle(badge).color")));
        }
    }

    private static Task<string> Style(Window window, string selector, string property) =>
        window.Page.Locator(selector).First.EvaluateAsync<string>($"element => getComputedStyle(element).{property}");
}
