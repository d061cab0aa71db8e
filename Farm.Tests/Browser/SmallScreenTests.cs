using Farm.Tests.Browser.Support;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Operations.Images.Inspection;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>A telephone: 390 pixels wide, with fingers.</summary>
public sealed class SmallScreenTests(SharedBrowser browser) : BrowserTest(browser)
{
    protected override int Width => 390;

    [BrowserFact]
    public async Task No_page_scrolls_sideways_on_an_empty_farm()
    {
        foreach (var path in (string[])["/", "/jobs", "/workers", "/projects", "/sign-in", "/status", "/activity", $"/jobs/{Guid.NewGuid()}", $"/workers/{Guid.NewGuid()}", "/projects/99"]) await FitsAsync(path);
    }

    [BrowserFact]
    public async Task No_page_scrolls_sideways_on_a_busy_farm()
    {
        var worker = await Farm.AwakeAsync("a-render-node-with-a-long-name.studio.example");
        var job = await Farm.SubmitFramesAsync(12, name: "sequence_020_shot_0310_lighting_v0042_with_a_name_that_never_ends");
        var task = await worker.TakeAsync();
        await worker.ReportAsync(task["uuid"], new { activity = "rendering", log = new string('x', 500) + "\n" });
        using var answer = await worker.SendImageAsync(task["uuid"], SampleImages.Png(640, 360));
        foreach (var path in (string[])
            ["/", "/jobs", $"/jobs/{job["id"]}", $"/jobs/{job["id"]}?task={task["uuid"]}", "/workers", $"/workers/{worker.Id}", "/activity"])
            await FitsAsync(path);
    }

    [BrowserFact]
    public async Task No_page_of_projects_scrolls_sideways_for_a_manager()
    {
        var owner = await Farm.PersonAsync("owner");
        var id = await Farm.ProjectAsync(owner, "a_project_with_a_name_that_never_ends_v0042_lighting_final", "\"clone_url\":\"https://git.example/very/long/path/to/a/repository\"");
        await Farm.AddTasksAsync(id, 5);
        (await Farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{id}},"assign":true,"submit":true}""",
            await Farm.TrackerWorkerAsync("a-render-node-with-a-long-name.studio.example"))).Good();
        await Farm.SnapshotAsync();
        await Task.Delay(20);
        await Farm.SnapshotAsync();
        await Page.Context.AddCookiesAsync([new() { Name = "tt", Value = owner.Session!, Url = Farm.Client.BaseAddress!.ToString() }]);
        foreach (var path in (string[])["/projects", $"/projects/{id}", "/sign-in"]) await FitsAsync(path);
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Projects", Exact = true })).ToBeInViewportAsync();
        await Expect(Window.Button("Sign out owner")).ToBeInViewportAsync();
    }

    [BrowserFact]
    public async Task Actions_can_be_reached_with_a_finger()
    {
        var job = await Farm.SubmitFramesAsync(1);
        await Window.GoToAsync("/jobs");

        await Window.Button("Pause Shot").TapAsync();
        await Expect(Page.Locator("tbody .status")).ToContainTextAsync("paused");
        Assert.Equal("paused", await Farm.StatusOfAsync(job));

        await Window.GoToAsync($"/jobs/{job["id"]}");
        await Window.Button("Cancel Shot").TapAsync();
        await Window.Button("Cancel job").TapAsync();
        await Expect(Status).ToContainTextAsync("canceled");
        Assert.Equal("canceled", await Farm.StatusOfAsync(job));
    }

    private async Task FitsAsync(string path)
    {
        await Window.GoToAsync(path);
        var width = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Assert.True(width <= Width, $"{path} is {width} pixels wide");
        foreach (var button in await Page.Locator("main button:visible").AllAsync())
        {
            var box = await button.BoundingBoxAsync();
            Assert.True(box is { X: >= 0 } && box.X + box.Width <= Width, $"{path}: a button is out of reach: {await button.GetAttributeAsync("aria-label")}");
        }
    }
}
