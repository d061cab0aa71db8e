using Farm.Tests.Browser.Support;
using Farm.Tests.Operations.Images.Inspection;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

public sealed class TaskViewTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task The_log_of_the_selected_task_grows_while_it_is_watched()
    {
        var job = await Farm.SubmitFramesAsync(1);
        var worker = await Farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await Window.GoToAsync($"/jobs/{job["id"]}");
        await Page.GetByRole(AriaRole.Link, new() { Name = (string)task["name"]! }).ClickAsync();
        var log = Page.GetByRole(AriaRole.Log);
        await Expect(log).ToContainTextAsync($"Task assigned to worker {worker.Name}");

        await worker.ReportAsync(task["uuid"], new { log = "Fra:1 Mem:12M\n" });
        await Expect(log).ToContainTextAsync("Fra:1 Mem:12M");

        await worker.ReportAsync(task["uuid"], new { log = "Saved: 000001.png\n", activity = "frame 1 is saved" });
        await Expect(log).ToContainTextAsync("Saved: 000001.png");
        await Expect(log).ToContainTextAsync("Fra:1 Mem:12M");
        await Expect(Page.Locator(".task-panel")).ToContainTextAsync("frame 1 is saved");
    }

    [BrowserFact]
    public async Task The_newest_image_shows_as_soon_as_a_worker_sent_it()
    {
        var job = await Farm.SubmitFramesAsync(1);
        var worker = await Farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await Window.GoToAsync($"/jobs/{job["id"]}");
        await Expect(Page.Locator(".image-panel")).ToHaveCountAsync(0);

        using var answer = await worker.SendImageAsync(task["uuid"], SampleImages.Png(48, 27));

        var image = Page.GetByAltText("The newest image of Shot");
        await Expect(image).ToBeVisibleAsync();
        await Expect(image).ToHaveJSPropertyAsync("complete", true);
        Assert.Equal(48, await image.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)"));
        await Window.GoToAsync("/");
        await Expect(Page.Locator(".image-panel img")).ToBeVisibleAsync();
    }
}
