using System.Text.Json.Nodes;
using Farm.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>Pages that do not answer yet, or not any more, because the farm is far away or busy.</summary>
public sealed class LostClickTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task A_click_made_before_the_page_is_connected_is_not_lost()
    {
        var job = await Farm.SubmitFramesAsync(1);
        var connect = new TaskCompletionSource();
        await Page.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            await connect.Task;
            await route.ContinueAsync();
        });
        await Page.GotoAsync($"/jobs/{job["id"]}");
        await Expect(Window.Button("Pause Shot")).ToBeDisabledAsync();
        await Expect(Page.GetByLabel("Priority", new() { Exact = true })).ToBeDisabledAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Theme") })).ToBeDisabledAsync();

        var click = Window.Button("Pause Shot").ClickAsync();
        connect.SetResult();
        await click;

        await PausedAsync(job);
    }

    [BrowserFact]
    public async Task A_page_that_is_not_connected_can_be_left_by_its_links()
    {
        var job = await Farm.SubmitFramesAsync(1);
        await Page.RouteAsync("**/_blazor/negotiate*", _ => Task.CompletedTask);
        await Page.GotoAsync("/jobs");
        await ShotLink.ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Farm.Client.BaseAddress}jobs/{job["id"]}");
        await Expect(Status).ToContainTextAsync("queued");
    }

    [BrowserFact]
    public async Task A_click_made_while_the_next_page_is_on_its_way_is_not_lost()
    {
        var job = await Farm.SubmitFramesAsync(1);
        await SlowDownAsync();
        await Window.GoToAsync("/jobs");

        await ShotLink.ClickAsync();
        await Window.Button("Pause Shot").ClickAsync();

        await PausedAsync(job);
    }

    [BrowserFact]
    public async Task A_click_made_while_the_page_before_is_on_its_way_is_not_lost()
    {
        var job = await Farm.SubmitFramesAsync(1);
        await SlowDownAsync();
        await Window.GoToAsync("/jobs");
        await ShotLink.ClickAsync();
        await Expect(Status).ToContainTextAsync("queued");

        await Page.GoBackAsync();
        await Window.Button("Pause Shot").ClickAsync();

        await Expect(Page.Locator("tbody .status")).ToContainTextAsync("paused");
        Assert.Equal("paused", await Farm.StatusOfAsync(job));
    }

    [BrowserFact]
    public async Task Another_part_of_the_same_page_answers_at_once()
    {
        var job = await Farm.SubmitFramesAsync(1);
        await Window.GoToAsync($"/jobs/{job["id"]}");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Waiting 1" }).ClickAsync();
        await Expect(Window.Button("Pause Shot")).ToBeEnabledAsync();
        await Window.Button("Pause Shot").ClickAsync();
        await PausedAsync(job);
    }

    private ILocator ShotLink => Page.GetByRole(AriaRole.Link, new() { Name = "Shot" });

    private async Task PausedAsync(JsonObject job)
    {
        await Expect(Status).ToContainTextAsync("paused");
        Assert.Equal("paused", await Farm.StatusOfAsync(job));
    }

    /// <summary>Delays what the farm tells the pages, as a busy farm or a long way does.</summary>
    private Task SlowDownAsync() => Page.RouteWebSocketAsync("**/_blazor*", page =>
    {
        var farm = page.ConnectToServer();
        var order = Task.CompletedTask;
        farm.OnMessage(message => order = LaterAsync(order, Task.Delay(300), message));

        async Task LaterAsync(Task before, Task delay, IWebSocketFrame message)
        {
            await before;
            await delay;
            if (message.Binary is { } bytes) page.Send(bytes);
            else page.Send(message.Text!);
        }
    });
}
