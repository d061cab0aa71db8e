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
        var worker = await Farm.Awake();
        await Window.GoTo("/workers");

        await Window.Button("Sleep node").ClickAsync();
        await Expect(Page.GetByText("→ to sleep")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"asleep","is_lazy":false}""", await Request(worker));

        await worker.Become("asleep");
        await Expect(Page.Locator("tbody .status")).ToContainTextAsync("asleep");
        await Window.Button("Wake node").ClickAsync();
        await Expect(Page.GetByText("→ to wake")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"awake","is_lazy":false}""", await Request(worker));
        await worker.Become("awake");
        await Expect(Page.Locator("tbody .status")).ToContainTextAsync("awake");
        Assert.Null(await Request(worker));
    }

    [BrowserFact]
    public async Task A_busy_worker_sleeps_after_its_task_if_that_is_chosen()
    {
        var worker = await OpenBusyWorker();

        await Window.Button("Sleep node").ClickAsync();
        await Window.Button("After its task").ClickAsync();

        await Expect(Page.GetByText("→ to sleep, after its task")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"asleep","is_lazy":true}""", await Request(worker));
    }

    [BrowserFact]
    public async Task A_busy_worker_sleeps_at_once_if_that_is_chosen()
    {
        var worker = await OpenBusyWorker();

        await Window.Button("Sleep node").ClickAsync();
        await Window.Button("At once").ClickAsync();

        await Expect(Page.GetByText("→ to sleep")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"asleep","is_lazy":false}""", await Request(worker));
    }

    [BrowserFact]
    public async Task A_worker_that_can_is_asked_to_restart()
    {
        var worker = await OpenBusyWorker();

        await Window.Button("Restart node").ClickAsync();
        await Window.Button("After its task").ClickAsync();

        await Expect(Page.GetByText("→ to restart, after its task")).ToBeVisibleAsync();
        Assert.Equal("""{"status":"restart","is_lazy":true}""", await Request(worker));
    }

    private async Task<string?> Request(TestWorker worker) => (await Worker(worker.Id))["status_change"]?.ToJsonString();

    private async Task<TestWorker> OpenBusyWorker()
    {
        await Farm.SubmitFrames(1);
        var worker = await Farm.Register();
        await worker.SignOn(canRestart: true);
        await worker.Become("awake");
        JsonObject task = await worker.Take();
        await Window.GoTo("/workers");
        await Page.GetByRole(AriaRole.Link, new() { Name = "node", Exact = true }).ClickAsync();
        await Expect(Page.Locator(".current-task").First).ToContainTextAsync((string)task["name"]!);
        return worker;
    }
}
