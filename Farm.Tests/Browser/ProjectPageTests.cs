using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Browser.Support;
using Farm.Tests.Contracts.TaskTracker;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>The pages of projects: for everybody to look at, for those with the roles to manage.</summary>
public sealed class ProjectPageTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task Somebody_registers_signs_out_and_in_again_and_comes_back_to_where_he_was()
    {
        await Window.GoToAsync("/projects");
        await Page.Locator("a.account").ClickAsync();
        await Window.AliveAsync();
        var form = Page.Locator("form", new() { HasText = "Register" });
        await form.GetByLabel("Name, 3 to 16 characters").FillAsync("lead");
        await form.GetByLabel("Password, at least 10 characters").FillAsync("correct horse");
        await form.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Farm.Client.BaseAddress}projects");
        await Expect(Page.Locator(".account-name")).ToHaveTextAsync("lead");
        Assert.False(Farm.Account("lead").IsAdministrator);

        await Window.AliveAsync();
        await Window.Button("Sign out lead").ClickAsync();
        await Expect(Page.Locator("a.account")).ToBeVisibleAsync();
        await Expect(Page).ToHaveURLAsync($"{Farm.Client.BaseAddress}projects");

        await Window.GoToAsync("/sign-in?back=%2Fjobs");
        await SignInAsync("lead", "wrong horse");
        await Expect(Page.GetByText("Wrong name or password.")).ToBeVisibleAsync();
        await Window.AliveAsync();
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync("correct horse");
        await Page.Locator("form", new() { HasText = "Password" }).First.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{Farm.Client.BaseAddress}jobs");
        await Expect(Page.Locator(".account-name")).ToHaveTextAsync("lead");
    }

    [BrowserFact]
    public async Task Everybody_sees_a_project_and_only_its_managers_what_can_be_done_to_it()
    {
        var (id, _) = await ShotAsync();
        await Window.GoToAsync($"/projects/{id}");
        await Expect(Page.Locator("h1")).ToHaveTextAsync("shot3");
        await Expect(Page.GetByText("to approve workers, see secrets")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Secrets", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Maintenance", new() { Exact = true })).ToHaveCountAsync(0);

        await EnterAsync("stranger");
        await Window.GoToAsync($"/projects/{id}");
        await Expect(Page.GetByText("Managers", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(Page.GetByText("Secrets", new() { Exact = true })).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Workers with access")).ToHaveCountAsync(0);
        await Expect(Page.GetByText("Maintenance", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_hidden_project_is_there_for_those_who_may_read_it()
    {
        var (_, owner) = await ShotAsync();
        var hidden = await Farm.ProjectAsync(owner, "secret plan", "\"hidden\":true");
        await Window.GoToAsync("/projects");
        await Expect(Page.GetByText("shot3")).ToBeVisibleAsync();
        await Expect(Page.GetByText("secret plan")).ToHaveCountAsync(0);
        await Window.GoToAsync($"/projects/{hidden}");
        await Expect(Page.GetByText("Project not found").First).ToBeVisibleAsync();

        await EnterAsync(owner);
        await Window.GoToAsync("/projects");
        await Page.GetByText("secret plan").ClickAsync();
        await Expect(Page.Locator("h1")).ToHaveTextAsync("secret plan");
    }

    [BrowserFact]
    public async Task A_manager_approves_rejects_and_revokes_access()
    {
        var (id, owner) = await ShotAsync();
        await EnterAsync(owner);
        await Window.GoToAsync($"/projects/{id}");
        await Window.Button("Approve node-2").ClickAsync();
        await Expect(Page.GetByText("may submit tasks", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(new ProjectAccess(false, true, false), Access(id, 2));
        await Window.Button("Reject node-3").ClickAsync();
        await Expect(Window.Button("Reject node-3")).ToHaveCountAsync(0);
        Assert.Null(Access(id, 3));
        await Window.Button("Revoke node-1").ClickAsync();
        await Window.Button("Revoke access").ClickAsync();
        await Expect(Window.Button("Revoke node-1")).ToHaveCountAsync(0);
        Assert.Null(Access(id, 1));
    }

    [BrowserFact]
    public async Task A_request_appears_by_itself()
    {
        var (id, owner) = await ShotAsync();
        await EnterAsync(owner);
        await Window.GoToAsync($"/projects/{id}");
        await Expect(Window.Button("Approve node-2")).ToBeVisibleAsync();
        (await Farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{id}},"assign":true}""", await Farm.TrackerWorkerAsync("late"))).Good();
        await Expect(Window.Button("Approve late")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Secrets_are_shown_when_asked_for_and_saved()
    {
        var (id, owner) = await ShotAsync();
        await EnterAsync(owner);
        await Window.GoToAsync($"/projects/{id}");
        await Expect(Window.Button("Show secrets shot3")).ToBeVisibleAsync();
        Assert.DoesNotContain("hush", await Page.ContentAsync());
        await Window.Button("Show secrets shot3").ClickAsync();
        await Expect(Page.GetByLabel("Secret, for workers with access")).ToHaveValueAsync("hush");
        await Page.GetByLabel("Secret, for workers with access").FillAsync("new one");
        await Window.Button("Save secrets shot3").ClickAsync();
        await Expect(Page.GetByText("Secrets saved.")).ToBeVisibleAsync();
        Assert.Equal("new one", (string?)(await Farm.CallAsync("GET", $"/project/secret/{id}", by: owner)).Good().Content["secret"]);
    }

    [BrowserFact]
    public async Task Maintenance_asks_first_and_changes_the_counts()
    {
        var (id, owner) = await ShotAsync();
        await EnterAsync(owner);
        await Window.GoToAsync($"/projects/{id}");
        await Expect(Page.Locator(".tile").First).ToContainTextAsync("8");
        await Window.Button("Remove all tasks shot3").ClickAsync();
        await Window.Button("Cancel").ClickAsync();
        Assert.Equal(8, Farm.Service<FarmStore>().Read(db => JobTable.ById(db, id)!).Tasks.Queued);
        await Window.Button("Remove all tasks shot3").ClickAsync();
        await Window.Button("Remove all tasks").ClickAsync();
        await Expect(Page.Locator(".tile").First).ToContainTextAsync("0");
        Assert.Equal(8, Farm.Service<FarmStore>().Read(db => JobTable.ById(db, id)!).Tasks.Canceled);
    }

    [BrowserFact]
    public async Task Roles_are_given_and_a_page_whose_session_ended_shows_no_more_than_to_strangers()
    {
        var (id, owner) = await ShotAsync();
        await Farm.PersonAsync("helper");
        await EnterAsync(owner);
        await Window.GoToAsync($"/projects/{id}");
        await Page.GetByLabel("Give an account access").FillAsync("helper");
        await Window.Button("Add").ClickAsync();
        var entry = Page.Locator("li", new() { HasText = "helper" });
        await Expect(entry.GetByLabel("read")).ToBeCheckedAsync();
        await entry.GetByLabel("maintenance").CheckAsync();
        await Expect(Page.GetByText("Roles of helper changed.")).ToBeVisibleAsync();
        Assert.Equal(ProjectRoles.Read | ProjectRoles.Maintenance, Roles(id, "helper"));

        // Once the session is over, the open page shows what a stranger sees, at the next change.
        await Farm.CallAsync("GET", "/logout", by: owner);
        await Farm.AddTasksAsync(id, 1);
        await Expect(Page.GetByText("to approve workers, see secrets")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Managers", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_chart_shows_what_the_project_had()
    {
        var (id, _) = await ShotAsync();
        await Farm.SnapshotAsync();
        await Task.Delay(20);
        await Farm.SnapshotAsync();
        await Window.GoToAsync($"/projects/{id}");
        var chart = Page.GetByRole(AriaRole.Img, new() { NameRegex = new("waiting from 8 to 8, maximum 8") });
        await Expect(chart).ToBeVisibleAsync();
        await Expect(chart.Locator("polyline")).ToHaveCountAsync(4);
    }

    private async Task<(long Id, TrackerCaller Owner)> ShotAsync()
    {
        var owner = await Farm.PersonAsync("owner");
        var id = await Farm.ProjectAsync(owner, "shot3", "\"git_repo\":\"studio/shot3\",\"version\":\"9f1c\",\"submit_rate\":10");
        (await Farm.CallAsync("POST", $"/project/secret/{id}", """{"secret":"hush"}""", owner)).Good();
        await Farm.GrantAsync(owner, id, await Farm.TrackerWorkerAsync("node-1"), "\"assign\":true");
        (await Farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{id}},"submit":true}""", await Farm.TrackerWorkerAsync("node-2"))).Good();
        (await Farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{id}},"assign":true}""", await Farm.TrackerWorkerAsync("node-3"))).Good();
        await Farm.AddTasksAsync(id, 8);
        return (id, owner);
    }

    private async Task SignInAsync(string name, string password)
    {
        var form = Page.Locator("form", new() { HasText = "Password" }).First;
        await form.GetByLabel("Name").FillAsync(name);
        await form.GetByLabel("Password").FillAsync(password);
        await form.GetByRole(AriaRole.Button).ClickAsync();
    }

    private ProjectAccess? Access(long id, long worker) => Farm.Service<FarmStore>().Read(db => ProjectAccessTable.Of(db, id, worker));

    private ProjectRoles Roles(long id, string name) => Farm.Service<FarmStore>().Read(db => ProjectRoleTable.Of(db, id, Farm.Account(name).Id));
}
