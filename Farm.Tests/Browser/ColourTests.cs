using System.Net.Http.Json;
using Farm.Tests.Browser.Support;

namespace Farm.Tests.Browser;

/// <summary>The colours that were chosen for contrast and for staying apart under colour blindness.</summary>
public sealed class ColourTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public Task Dark() => ShowsAsync("dark", new()
    {
        ["queued"] = "rgb(196, 203, 211)",
        ["active"] = "rgb(90, 153, 242)",
        ["completed"] = "rgb(53, 227, 154)",
        ["soft-failed"] = "rgb(255, 187, 51)",
        ["failed"] = "rgb(226, 97, 63)",
    }, "rgb(20, 24, 29)");

    [BrowserFact]
    public Task Light() => ShowsAsync("light", new()
    {
        ["queued"] = "rgb(107, 114, 128)",
        ["active"] = "rgb(0, 47, 112)",
        ["completed"] = "rgb(0, 112, 65)",
        ["soft-failed"] = "rgb(156, 110, 17)",
        ["failed"] = "rgb(133, 0, 0)",
    }, "rgb(255, 255, 255)");

    private async Task ShowsAsync(string theme, Dictionary<string, string> colours, string ground)
    {
        // Many, so that one failed task does not fail the job.
        var job = await Farm.SubmitFramesAsync(40);
        var (first, second) = (await Farm.AwakeAsync("first"), await Farm.AwakeAsync("second"));
        await first.ReportAsync(await first.TakeAsync(), "completed");
        var task = await second.TakeAsync();
        using var failed = await Farm.Client.PostAsJsonAsync($"/api/v3/tasks/{task["uuid"]}/setstatus", new { status = "failed", reason = "test" });
        await second.TakeAsync();
        await first.TakeAndFailAsync();
        await using var window = await AnotherWindowAsync(theme);
        await window.GoToAsync($"/jobs/{job["id"]}");

        Assert.Equal(ground, await StyleAsync(window, ".card", "backgroundColor"));
        foreach (var (word, colour) in colours)
        {
            var badge = window.Page.Locator("tbody .status", new() { HasTextRegex = new($"(^|[^-]){word}$") }).First;
            await Expect(badge).ToBeVisibleAsync();
            Assert.Equal((word, colour), (word, await badge.EvaluateAsync<string>("badge => getComputedStyle(badge).color")));
        }
    }

    private static Task<string> StyleAsync(Window window, string selector, string property) =>
        window.Page.Locator(selector).First.EvaluateAsync<string>($"element => getComputedStyle(element).{property}");
}
