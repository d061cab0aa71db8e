using Farm.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>The page Activity.</summary>
public sealed class ActivityTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task What_people_do_appears_at_once_and_is_filtered_by_clicks()
    {
        var job = await Farm.SubmitFramesAsync(1);
        await Window.GoToAsync("/activity");
        await Expect(Page.Locator("tbody tr")).ToHaveCountAsync(1);
        using var paused = await Farm.SetJobAsync(job, "paused");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "job.pause" })).ToBeVisibleAsync();
        await Expect(Page.Locator("tbody tr").First.Locator(".cell-change")).ToHaveTextAsync("queued, 1 task → paused");

        await Page.GetByRole(AriaRole.Link, new() { Name = "job.submit" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=verb(:|%3A)job.submit"));
        await Expect(Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Save as CSV" })).ToHaveAttributeAsync("href", "/api/farm/v1/audit?format=csv&verb=job.submit");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Refused" }).ClickAsync();
        await Expect(Page.GetByText("No matching entries.")).ToBeVisibleAsync();
    }
}
