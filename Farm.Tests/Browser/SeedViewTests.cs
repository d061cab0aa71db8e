using Farm.Tests.Browser.Support;
using Farm.Tests.Contracts.Aspire;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>Seeds, which stay open and may have no entries, and the workers that fetch them.</summary>
public sealed class SeedViewTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task A_seed_without_entries_does_not_look_broken_and_shows_those_that_come()
    {
        var seed = await Farm.SeedAsync(new { description = "News", connector = "web" });
        await Window.GoToAsync("/jobs");
        await Expect(Page.Locator(".job-table .progress-number")).ToHaveTextAsync("–");
        await Page.GetByRole(AriaRole.Link, new() { Name = "News" }).First.ClickAsync();
        await Expect(Page.GetByText("This job has no tasks yet.")).ToBeVisibleAsync();
        await Expect(Page.GetByText("New tasks appear here automatically")).ToBeVisibleAsync();
        await Expect(Page.Locator(".settings")).ToContainTextAsync(seed);

        await Farm.PushAsync(seed, 2, "https://example.org/articles/");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "https://example.org/articles/1" })).ToBeVisibleAsync();
        await Expect(Page.Locator(".job-summary .progress-number")).ToContainTextAsync("0");
    }

    [BrowserFact]
    public async Task An_entry_shows_who_has_it_and_its_worker_is_put_to_sleep_but_not_asked_to_end()
    {
        await Farm.FilledAsync(2, new { description = "News", batchSize = 1 });
        var batch = await Farm.FetchAsync("crawler-1");
        await Window.GoToAsync("/jobs");
        await Page.GetByRole(AriaRole.Link, new() { Name = "News" }).First.ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "file:///0" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Log)).ToContainTextAsync($"in batch {batch.Id()}");
        await Expect(Page.Locator(".task-panel .status")).ToContainTextAsync("active");
        await Farm.TellAsync("complete", batch);
        await Expect(Page.Locator(".task-panel .status")).ToContainTextAsync("completed");
        await Expect(Page.GetByRole(AriaRole.Log)).ToContainTextAsync("active -> completed");

        await Window.GoToAsync("/workers");
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "crawler-1" })).ToBeVisibleAsync();
        await Expect(Page.Locator(".worker-table .actions button")).ToHaveCountAsync(1);
        await Window.Button("Sleep crawler-1").ClickAsync();
        await Expect(Window.Button("Wake crawler-1")).ToBeVisibleAsync();
        Assert.Empty(await Farm.FetchAllAsync("crawler-1"));
        await Page.GetByRole(AriaRole.Link, new() { Name = "crawler-1" }).ClickAsync();
        await Expect(Page.GetByText("aspire.process, aspire.scan")).ToBeVisibleAsync();
        await Expect(Window.Button("Wake crawler-1")).ToBeVisibleAsync();
        await Expect(Window.Button("Shut down crawler-1")).ToHaveCountAsync(0);
    }
}
