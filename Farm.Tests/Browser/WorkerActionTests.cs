using System.Text.Json.Nodes;
using Farm.Tests.Browser.Support;
using Farm.Tests.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>What the buttons of the workers' pages ask of a worker, seen over HTTP.</summary>
public sealed class WorkerActionTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task An_idle_worker_is_put_to_sleep_and_woken_from_the_list()
    {
        var worker = await Farm.AwakeAsync();
        await Window.GoToAsync("/workers");

        await Window.Button("Sleep node").ClickAsync();
        await Expect(Page.GetByText("→ to sleep")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"asleep","is_lazy":false}""", await RequestAsync(worker));

        await worker.BecomeAsync("asleep");
        await Expect(Page.Locator("tbody .status")).ToContainTextAsync("asleep");
        await Window.Button("Wake node").ClickAsync();
        await Expect(Page.GetByText("→ to wake")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"awake","is_lazy":false}""", await RequestAsync(worker));
        await worker.BecomeAsync("awake");
        await Expect(Page.Locator("tbody .status")).ToContainTextAsync("awake");
        Assert.Null(await RequestAsync(worker));
    }

    [BrowserFact]
    public async Task A_busy_worker_sleeps_after_its_task_if_that_is_chosen()
    {
        var worker = await OpenBusyWorkerAsync();

        await Window.Button("Sleep node").ClickAsync();
        await Window.Button("After current task").ClickAsync();

        await Expect(Page.GetByText("→ to sleep, after its task")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"asleep","is_lazy":true}""", await RequestAsync(worker));
    }

    [BrowserFact]
    public async Task A_busy_worker_sleeps_at_once_if_that_is_chosen()
    {
        var worker = await OpenBusyWorkerAsync();

        await Window.Button("Sleep node").ClickAsync();
        await Window.Button("Now").ClickAsync();

        await Expect(Page.GetByText("→ to sleep")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"asleep","is_lazy":false}""", await RequestAsync(worker));
    }

    [BrowserFact]
    public async Task A_worker_that_can_is_asked_to_restart()
    {
        var worker = await OpenBusyWorkerAsync();

        await Window.Button("Restart node").ClickAsync();
        await Window.Button("After current task").ClickAsync();

        await Expect(Page.GetByText("→ to restart, after its task")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"restart","is_lazy":true}""", await RequestAsync(worker));
    }

    private async Task<string?> RequestAsync(TestWorker worker) => (await WorkerAsync(worker.Id))["status_change"]?.ToJsonString();

    private async Task<TestWorker> OpenBusyWorkerAsync()
    {
        await Farm.SubmitFramesAsync(1);
        var worker = await Farm.RegisterAsync();
        await worker.SignOnAsync(canRestart: true);
        await worker.BecomeAsync("awake");
        JsonObject task = await worker.TakeAsync();
        await Window.GoToAsync("/workers");
        await Page.GetByRole(AriaRole.Link, new() { Name = "node", Exact = true }).ClickAsync();
        await Expect(Page.Locator(".current-task").First).ToContainTextAsync((string)task["name"]!);
        return worker;
    }
}
