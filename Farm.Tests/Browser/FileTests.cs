using Farm.Tests.Browser.Support;
using Farm.Tests.Contracts.Farm;

namespace Farm.Tests.Browser;

public sealed class FileTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task Files_that_a_task_produced_show_once_it_is_completed_and_are_fetched_by_a_click()
    {
        var job = await Farm.SubmitFramesAsync(1);
        var worker = await Farm.AwakeAsync();
        var task = await worker.TakeAsync();
        using (var sent = await worker.UploadAsync(task, "results/greetings.txt", new string('x', 1536))) Assert.True(sent.IsSuccessStatusCode);
        await Window.GoToAsync($"/jobs/{job["id"]}");
        var files = Page.Locator(".files");
        await Expect(files).ToHaveCountAsync(0);

        await worker.ReportAsync(task, "completed");
        await Expect(files).ToContainTextAsync("results/greetings.txt");
        await Expect(files).ToContainTextAsync("1.5 KiB");
        var download = await Page.RunAndWaitForDownloadAsync(() => files.GetByText("results/greetings.txt").ClickAsync());
        Assert.Equal("greetings.txt", download.SuggestedFilename);
        Assert.Equal(1536, new FileInfo(await download.PathAsync()).Length);
        var archive = await Page.RunAndWaitForDownloadAsync(() => files.GetByText("Download all").ClickAsync());
        Assert.Equal("Shot.tar.gz", archive.SuggestedFilename);
    }
}
