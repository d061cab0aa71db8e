using Farm.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Farm.Tests.Dashboard.Browser;

/// <summary>The dashboard clicked through in a real browser, over a real farm.</summary>
public sealed class DashboardTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.Start(clock: TimeProvider.System);

    public async Task DisposeAsync()
    {
        var problems = await chromium.CloseAsync();
        await _farm.DisposeAsync();
        Assert.Empty(problems);
    }

    [BrowserFact]
    public async Task An_empty_farm_says_how_to_submit_a_job_and_start_a_worker()
    {
        var page = await OpenAsync("");

        await Expect(page.GetByText("No jobs yet.")).ToBeVisibleAsync();
        await Expect(page.GetByText("farm worker --manager http://")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_job_that_is_submitted_appears_by_itself()
    {
        var page = await OpenAsync("jobs");
        await Expect(page.GetByText("No jobs yet.")).ToBeVisibleAsync();

        await _farm.SubmitFrames(3, name: "Shot 10");

        await Expect(Row(page, "Shot 10")).ToContainTextAsync("queued");
    }

    [BrowserFact]
    public async Task A_job_is_paused_and_resumed_by_a_click()
    {
        var job = await _farm.SubmitFrames(3, name: "Shot 10");
        var page = await OpenAsync("jobs");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause Shot 10" }).ClickAsync();
        await Expect(Row(page, "Shot 10")).ToContainTextAsync("paused");
        Assert.Equal("paused", await _farm.StatusOf(job));

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume Shot 10" }).ClickAsync();
        await Expect(Row(page, "Shot 10")).ToContainTextAsync("queued");
        Assert.Equal("queued", await _farm.StatusOf(job));
    }

    [BrowserFact]
    public async Task A_job_is_canceled_only_after_a_yes()
    {
        var job = await _farm.SubmitFrames(3, name: "Shot 10");
        var page = await OpenAsync($"jobs/{job["id"]}");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var cancel = page.GetByRole(AriaRole.Button, new() { Name = "Cancel Shot 10" });

        await cancel.ClickAsync();
        await dialog.GetByText("Keep it").ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Equal("queued", await _farm.StatusOf(job));

        await cancel.ClickAsync();
        await dialog.GetByText("Cancel the job").Last.ClickAsync();
        await Expect(page.Locator(".page-sub")).ToContainTextAsync("canceled");
        Assert.Equal("canceled", await _farm.StatusOf(job));
    }

    [BrowserFact]
    public async Task The_log_of_the_selected_task_grows_while_it_is_read()
    {
        var job = await _farm.SubmitFrames(2, name: "Shot 10");
        var worker = await _farm.Awake("node-07");
        var task = await worker.Take();
        var page = await OpenAsync($"jobs/{job["id"]}");

        await page.GetByRole(AriaRole.Link, new() { Name = (string)task["name"]!, Exact = true }).ClickAsync();
        await Expect(page.Locator(".task-panel")).ToContainTextAsync("node-07");
        using var reported = await worker.Report(task["uuid"], new { log = "Fra:1 Sample 64/64" });

        await Expect(page.GetByRole(AriaRole.Log)).ToContainTextAsync("Fra:1 Sample 64/64");
    }

    [BrowserFact]
    public async Task A_busy_worker_is_put_to_sleep_after_its_task()
    {
        await _farm.SubmitFrames(2);
        var worker = await _farm.Awake("node-07");
        await worker.Take();
        var page = await OpenAsync($"workers/{worker.Id}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Sleep node-07" }).ClickAsync();
        await page.GetByText("After its task").ClickAsync();
        await Expect(page.Locator(".request-note")).ToContainTextAsync("to sleep, after its task");

        using var said = await worker.Become("asleep");
        await Expect(page.Locator(".page-sub")).ToContainTextAsync("asleep");
        await Expect(page.Locator(".request-note")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_a_list_shows_is_in_its_address()
    {
        await _farm.SubmitFrames(1, name: "Alpha");
        await _farm.SubmitFrames(1, name: "Beta");
        var page = await OpenAsync("jobs");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("bet");
        await Expect(page.GetByText("Alpha")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Priority" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("q=bet.*sort=priority"));

        var other = await OpenAsync(new Uri(page.Url).PathAndQuery.TrimStart('/'));
        await Expect(other.GetByText("Beta")).ToBeVisibleAsync();
        await Expect(other.GetByText("Alpha")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task No_page_is_wider_than_a_phone()
    {
        var job = await _farm.SubmitFrames(3, name: "A job with a name that is a good deal longer than any phone is wide, as people like them");
        var worker = await _farm.Awake("a-worker-whose-name-came-from-an-inventory-system-with-long-names");
        var task = await worker.Take();
        string[] paths = ["", "jobs", $"jobs/{job["id"]}?task={task["uuid"]}", "workers", $"workers/{worker.Id}"];

        foreach (var path in paths)
        {
            var page = await OpenAsync(path, width: 390);
            Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        }
    }

    private static ILocator Row(IPage page, string text) => page.Locator("tr", new PageLocatorOptions { HasText = text });

    private Task<IPage> OpenAsync(string path, int width = 1280) => chromium.OpenAsync(new Uri(_farm.Client.BaseAddress!, path), width);
}
