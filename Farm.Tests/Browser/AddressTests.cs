using System.Text.RegularExpressions;
using Farm.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>What is looked at is in the address.</summary>
public sealed class AddressTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task Filter_and_sort_outlive_a_reload_and_go_back_with_the_back_button()
    {
        await Farm.SubmitFramesAsync(1, name: "Beta");
        await Farm.SubmitFramesAsync(1, name: "Alpha");
        await Farm.SetJobAsync(await Farm.SubmitFramesAsync(1, name: "Gamma"), "cancel-requested");
        await Window.GoToAsync("/jobs");

        await Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Waiting") }).ClickAsync();
        await Expect(Names).ToHaveTextAsync(["Alpha", "Beta"]);
        await Page.GetByRole(AriaRole.Columnheader, new() { Name = "Job" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex(@"show=waiting.*sort=name|sort=name.*show=waiting"));
        await Expect(Page.GetByRole(AriaRole.Columnheader, new() { Name = "Job" })).ToHaveAttributeAsync("aria-sort", "ascending");
        await Page.GetByRole(AriaRole.Columnheader, new() { Name = "Job" }).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("dir=down"));
        await Expect(Names).ToHaveTextAsync(["Beta", "Alpha"]);

        await Page.ReloadAsync();
        await Window.AliveAsync();
        await Expect(Names).ToHaveTextAsync(["Beta", "Alpha"]);

        await Page.GoBackAsync();
        await Expect(Names).ToHaveTextAsync(["Alpha", "Beta"]);
        await Page.GoBackAsync();
        await Page.GoBackAsync();
        await Expect(Page).ToHaveURLAsync(new Regex("/jobs$"));
        await Expect(Names).ToHaveCountAsync(3);
    }

    [BrowserFact]
    public async Task The_selected_task_outlives_a_reload_and_goes_with_the_back_button()
    {
        var job = await Farm.SubmitFramesAsync(2);
        var task = (await Farm.TasksAsync(job))[1];
        await Window.GoToAsync($"/jobs/{job["id"]}");

        await Page.GetByRole(AriaRole.Link, new() { Name = (string)task["name"]! }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(new Regex($"task={task["id"]}"));
        await Page.ReloadAsync();
        await Window.AliveAsync();
        await Expect(Page.Locator(".task-panel h2")).ToHaveTextAsync((string)task["name"]!);

        await Page.GoBackAsync();
        await Expect(Page.Locator(".task-panel")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task What_is_searched_for_is_in_the_address()
    {
        await Farm.SubmitFramesAsync(1, name: "Beta");
        await Farm.SubmitFramesAsync(1, name: "Alpha");
        await Window.GoToAsync("/jobs");

        await Page.GetByLabel("Find by name or type").PressSequentiallyAsync("alp");
        await Expect(Page).ToHaveURLAsync(new Regex("q=alp$"));
        await Expect(Names).ToHaveTextAsync(["Alpha"]);
        await Page.ReloadAsync();
        await Expect(Names).ToHaveTextAsync(["Alpha"]);
    }

    private ILocator Names => Page.Locator(".job-table tbody .row-link");
}
