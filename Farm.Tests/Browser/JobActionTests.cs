using System.Text.Json.Nodes;
using Farm.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>What the buttons of a job's page do to the farm, seen over HTTP.</summary>
public sealed class JobActionTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task A_job_is_paused_and_resumed()
    {
        var job = await OpenJobAsync();

        await Window.Button("Pause Shot").ClickAsync();
        await Expect(Status).ToContainTextAsync("paused");
        Assert.Equal("paused", await Farm.StatusOfAsync(job));

        await Window.Button("Resume Shot").ClickAsync();
        await Expect(Status).ToContainTextAsync("queued");
        Assert.Equal("queued", await Farm.StatusOfAsync(job));
    }

    [BrowserFact]
    public async Task A_job_is_canceled_only_after_a_yes_and_can_be_requeued()
    {
        var job = await OpenJobAsync();

        await Window.Button("Cancel Shot").ClickAsync();
        await Window.Button("Keep job").ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal("queued", await Farm.StatusOfAsync(job));

        await Window.Button("Cancel Shot").ClickAsync();
        await Window.Button("Cancel job").ClickAsync();
        await Expect(Status).ToContainTextAsync("canceled");
        Assert.Equal("canceled", await Farm.StatusOfAsync(job));

        await Window.Button("Requeue Shot").ClickAsync();
        await Window.Button("Requeue").ClickAsync();
        await Expect(Status).ToContainTextAsync("queued");
        Assert.Equal("queued", await Farm.StatusOfAsync(job));
    }

    [BrowserFact]
    public async Task The_priority_is_changed_and_a_number_out_of_range_is_refused()
    {
        var job = await OpenJobAsync();
        var priority = Page.GetByLabel("Priority", new() { Exact = true });

        await priority.FillAsync("80");
        await priority.PressAsync("Enter");
        await Expect(Page.GetByText("Priority of Shot changed.")).ToBeVisibleAsync();
        Assert.Equal(80, (int)(await Farm.GetAsync($"/api/v3/jobs/{job["id"]}"))["priority"]!);

        await priority.FillAsync("800");
        await priority.PressAsync("Enter");
        await Expect(Page.GetByText("it must be a whole number from 0 to 100")).ToBeVisibleAsync();
        Assert.Equal(80, (int)(await Farm.GetAsync($"/api/v3/jobs/{job["id"]}"))["priority"]!);
    }

    [BrowserFact]
    public async Task Requeueing_one_failed_task_requeues_that_task()
    {
        var worker = await Farm.AwakeAsync();
        var job = await OpenJobAsync();
        var failed = await worker.TakeAndFailAsync();
        var row = Page.Locator("tbody tr", new() { HasText = (string)failed["name"]! });
        await Expect(row.Locator(".status")).ToContainTextAsync("failed");
        var before = await StatusOfOthersAsync(job, failed);

        await row.GetByRole(AriaRole.Button, new() { Name = "Requeue" }).ClickAsync();

        await Expect(row.Locator(".status")).ToContainTextAsync("queued");
        Assert.Equal("queued", await StatusOfTaskAsync(failed["uuid"]));
        Assert.Equal(before, await StatusOfOthersAsync(job, failed));
    }

    [BrowserFact]
    public async Task Requeueing_a_completed_task_asks_first()
    {
        var worker = await Farm.AwakeAsync();
        await OpenJobAsync();
        var done = await worker.TakeAsync();
        await worker.ReportAsync(done, "completed");
        var row = Page.Locator("tbody tr", new() { HasText = (string)done["name"]! });
        await Expect(row.Locator(".status")).ToContainTextAsync("completed");

        await row.GetByRole(AriaRole.Button, new() { Name = "Requeue" }).ClickAsync();
        Assert.Equal("completed", await StatusOfTaskAsync(done["uuid"]));
        await Window.Button("Requeue").ClickAsync();

        await Expect(row.Locator(".status")).ToContainTextAsync("queued");
        Assert.Equal("queued", await StatusOfTaskAsync(done["uuid"]));
    }

    private async Task<List<string>> StatusOfOthersAsync(JsonObject job, JsonObject one) =>
        [.. (await Farm.TasksAsync(job)).Where(task => (string)task["id"]! != (string)one["uuid"]!).Select(task => (string)task["status"]!)];

    private async Task<JsonObject> OpenJobAsync()
    {
        var job = await Farm.SubmitFramesAsync(3);
        await Window.GoToAsync($"/jobs/{job["id"]}");
        return job;
    }
}
