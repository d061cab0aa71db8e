using System.Text.RegularExpressions;
using Farm.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

public sealed class OverviewTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task An_empty_farm_shows_the_line_that_starts_a_worker()
    {
        await Window.GoToAsync("/");

        await Expect(Page.Locator("code", new() { HasText = "farm worker" }))
            .ToHaveTextAsync($"farm worker --manager {Farm.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)}");
        await Expect(Page.GetByText("No jobs yet.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_job_appears_moves_and_completes_while_the_page_is_open()
    {
        await Window.GoToAsync("/");
        await Expect(Page.GetByText("No jobs yet.")).ToBeVisibleAsync();

        await Farm.SubmitFramesAsync(2, name: "Shot 10");
        var row = Page.Locator(".job-table tbody tr", new() { HasText = "Shot 10" });
        await Expect(row.Locator(".status")).ToContainTextAsync("queued");

        var worker = await Farm.AwakeAsync("node-a");
        await Expect(Page.Locator(".worker-table tbody tr", new() { HasText = "node-a" }).Locator(".status")).ToContainTextAsync("awake");
        var first = await worker.TakeAsync();
        await Expect(row.Locator(".status")).ToContainTextAsync("active");
        await worker.ReportAsync(first, "completed");
        await Expect(row.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "50");

        await worker.ReportAsync(await worker.TakeAsync(), "completed");
        await Expect(row.Locator(".status")).ToContainTextAsync("completed");
        await Expect(row.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "100");
    }

    [BrowserFact]
    public async Task The_list_of_jobs_follows_the_farm_too()
    {
        await Window.GoToAsync("/jobs");
        await Farm.SubmitFramesAsync(1, name: "Shot 20");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Shot 20" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("/jobs/[0-9a-f-]{36}$"));
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Shot 20" })).ToBeVisibleAsync();
        await Expect(Status).ToContainTextAsync("queued");
    }
}
