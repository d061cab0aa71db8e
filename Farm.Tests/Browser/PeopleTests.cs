using System.Net;
using System.Text.RegularExpressions;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Browser.Support;
using Farm.Tests.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>The pages People, Your account and Choose a password.</summary>
public sealed class PeopleTests(SharedBrowser browser) : BrowserTest(browser)
{
    private FarmAccounts Accounts => Farm.Service<FarmAccounts>();

    private ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    [BrowserFact]
    public async Task Somebody_who_waits_comes_first_and_is_activated_promoted_and_removed()
    {
        await EnterAsync("boss", administrator: true);
        await Accounts.RegisterAsync(Caller.Farm, "late", "correct horse", waits: true);
        await Window.GoToAsync("/");
        await Page.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("1 waits for activation")).ToBeVisibleAsync();
        await Expect(Row("late")).ToContainTextAsync("waits for activation");
        await Expect(Page.Locator(".people-table tbody tr").First).ToContainTextAsync("late");
        await Window.Button("Activate late").ClickAsync();
        await Expect(Row("late").Locator(".status")).ToContainTextAsync("active");
        Assert.NotNull(await Accounts.AuthenticateAsync(Caller.Farm, "late", "correct horse"));

        await SelectAsync("late");
        await Panel("late").GetByLabel("Role").SelectOptionAsync("Operator");
        await Panel("late").GetByRole(AriaRole.Button, new() { Name = "Set the role" }).ClickAsync();
        await Expect(Row("late").Locator(".cell-role")).ToHaveTextAsync("operator");
        Assert.Equal(Role.Operator, Accounts.Find("late")!.Role);

        await Window.Button("Remove late").ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.NotNull(Accounts.Find("late"));
        await Window.Button("Remove late").ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Expect(Row("late")).ToHaveCountAsync(0);
        Assert.Null(Accounts.Find("late"));
    }

    [BrowserFact]
    public async Task Somebody_is_added_gets_a_new_password_and_is_signed_out()
    {
        await EnterAsync("boss", administrator: true);
        await Window.GoToAsync("/people?add=1");
        await AddAsync("boss");
        await Expect(Page.GetByText("Nobody was added: this username is taken.")).ToBeVisibleAsync();
        await AddAsync("ada");
        await Expect(Row("ada")).ToBeVisibleAsync();
        await Expect(Page.GetByText("this username is taken")).ToHaveCountAsync(0);
        Assert.NotNull(await Accounts.AuthenticateAsync(Caller.Farm, "ada", "correct horse"));

        var session = await Farm.Service<Sessions>().OpenAsync(Accounts.Find("ada")!.Id, TimeSpan.FromHours(8));
        await SelectAsync("ada");
        await Panel("ada").GetByLabel("Or set a new password, at least 10 characters").FillAsync("battery staple");
        await Panel("ada").GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Set the password" }).ClickAsync();
        await Expect(Page.GetByText("ada has a new password.")).ToBeVisibleAsync();
        Assert.Null(Farm.Service<Sessions>().Find(session.Token));
        Assert.NotNull(await Accounts.AuthenticateAsync(Caller.Farm, "ada", "battery staple"));

        session = await Farm.Service<Sessions>().OpenAsync(Accounts.Find("ada")!.Id, TimeSpan.FromHours(8));
        await Window.GoToAsync("/people?person=ada");
        await Window.Button("End all sessions of ada").ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "End all sessions" }).ClickAsync();
        await Expect(Page.GetByText("ada is signed out everywhere.")).ToBeVisibleAsync();
        Assert.Null(Farm.Service<Sessions>().Find(session.Token));

        async Task AddAsync(string name)
        {
            await Page.GetByLabel("Name").FillAsync(name);
            await Page.GetByLabel("You choose it and tell them").CheckAsync();
            await Page.GetByLabel("Password, at least 10 characters").FillAsync("correct horse");
            await Window.Button("Add").ClickAsync();
        }
    }

    [BrowserFact]
    public async Task Who_is_invited_chooses_a_password_with_the_link_and_is_signed_in()
    {
        await EnterAsync("boss", administrator: true);
        await Window.GoToAsync("/people?add=1");
        await Page.GetByLabel("Name").FillAsync("eve");
        await Window.Button("Invite").ClickAsync();
        await Expect(Row("eve").Locator(".status")).ToContainTextAsync("invited");
        var link = (await Page.Locator(".secret-note .copy-line code").First.TextContentAsync())!;
        Assert.Matches("/new-password#[a-z2-9-]{19}$", link);

        await using var theirs = await AnotherWindowAsync("light");
        await theirs.GoToAsync(link);
        await Expect(theirs.Page.GetByLabel("Code", new() { Exact = true })).ToHaveValueAsync(link.Split('#')[1]);
        await Expect(theirs.Page).ToHaveURLAsync(new Regex("/new-password$"));
        await theirs.Page.GetByLabel("New password, at least 10 characters").FillAsync("qwertyuiop");
        await theirs.Page.GetByRole(AriaRole.Button, new() { Name = "Set the password and sign in" }).ClickAsync();
        await Expect(theirs.Page.GetByText("The code still works.")).ToBeVisibleAsync();
        // Only the fragment changes, so the page stays.
        await theirs.Page.GotoAsync(link);
        await Expect(theirs.Page.GetByLabel("Code", new() { Exact = true })).ToHaveValueAsync(link.Split('#')[1]);
        await theirs.Page.GetByLabel("New password, at least 10 characters").FillAsync("battery staple");
        await theirs.Page.GetByRole(AriaRole.Button, new() { Name = "Set the password and sign in" }).ClickAsync();
        await Expect(theirs.Page).ToHaveURLAsync(new Regex("/me"));
        await Expect(theirs.Page.GetByRole(AriaRole.Heading, new() { Name = "eve" })).ToBeVisibleAsync();
        await Expect(Row("eve").Locator(".status")).ToContainTextAsync("active");
    }

    [BrowserFact]
    public async Task An_artist_gets_no_people_by_typing_the_address_and_no_link_to_them()
    {
        await Farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "boss", "correct horse", Role.Administrator);
        await EnterAsync("ada");
        foreach (var path in (string[])["/people", "/people?add=1", "/people?person=boss"])
        {
            await Window.GoToAsync(path);
            await Expect(Page.GetByText("Administrators manage people here.")).ToBeVisibleAsync();
            await Expect(Page.Locator(".people-table, .person-panel")).ToHaveCountAsync(0);
            await Expect(Page.GetByText("boss")).ToHaveCountAsync(0);
            await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "People", Exact = true })).ToHaveCountAsync(0);
        }
    }

    [BrowserFact]
    public async Task A_changed_password_needs_the_present_one_and_ends_the_other_session()
    {
        var ada = await Accounts.AddAsync(Caller.Farm, "ada", "correct horse", Role.Artist);
        await Window.GoToAsync("/sign-in");
        await SignInAsync(Page);
        await using var other = await AnotherWindowAsync("dark");
        await other.GoToAsync("/sign-in?back=%2Fme");
        await SignInAsync(other.Page);
        await other.AliveAsync();
        await Expect(other.Page.GetByText("account made")).ToBeVisibleAsync();

        await Window.AliveAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "ada", Exact = true }).ClickAsync();
        await Expect(Page.Locator(".session-table tbody tr")).ToHaveCountAsync(2);
        await ChangeAsync("wrong horse", "battery staple", "battery staple");
        await Expect(Page.GetByText("The password was not changed: the present password is wrong.")).ToBeVisibleAsync();
        await ChangeAsync("correct horse", "battery staple", "battery stable");
        await Expect(Page.GetByText("The new password was not typed twice the same. Type it again.")).ToBeVisibleAsync();
        await ChangeAsync("correct horse", "battery staple", "battery staple");
        await Expect(Page.GetByText("Password changed. Your other sessions have ended.")).ToBeVisibleAsync();
        await Expect(Page.Locator(".session-table tbody tr")).ToHaveCountAsync(1);
        await Expect(Page.Locator(".session-table")).ToContainTextAsync("this page");
        await other.Page.ReloadAsync();
        await Expect(other.Page.GetByText("Nobody is signed in here.")).ToBeVisibleAsync();
        Assert.NotNull(await Accounts.AuthenticateAsync(Caller.Farm, ada.Username, "battery staple"));

        async Task ChangeAsync(string present, string password, string again)
        {
            await Page.GetByLabel("Present password").FillAsync(present);
            await Page.GetByLabel("New password, at least 10 characters").FillAsync(password);
            await Page.GetByLabel("New password again").FillAsync(again);
            await Window.Button("Change the password").ClickAsync();
        }

        static async Task SignInAsync(IPage page)
        {
            var form = page.Locator("form[action='/sign-in/enter']");
            await form.GetByLabel("Name").FillAsync("ada");
            await form.GetByLabel("Password").FillAsync("correct horse");
            await form.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        }
    }

    [BrowserFact]
    public async Task A_token_made_on_the_page_works_until_it_is_revoked_there()
    {
        await EnterAsync("ada");
        await Window.GoToAsync("/me");
        await Expect(Page.GetByText("No tokens.")).ToBeVisibleAsync();
        await Page.GetByLabel("Name: what it is for").FillAsync("backup script");
        await Page.GetByLabel("Ends").SelectOptionAsync("30");
        await Window.Button("Make the token").ClickAsync();
        var lines = Page.Locator(".secret-note .copy-line code");
        await Expect(lines).ToHaveCountAsync(2);
        var secret = (await lines.First.TextContentAsync())!;
        Assert.StartsWith(Tokens.Prefix, secret);
        await Expect(lines.Last).ToHaveTextAsync($"curl -H 'Authorization: Bearer {secret}' {Farm.Client.BaseAddress}api/farm/v1/me");
        await Expect(Page.Locator(".token-table tbody tr")).ToContainTextAsync("ends in 30 d");

        Assert.Equal((HttpStatusCode.OK, "ada"), await CallAsync());
        await Window.Button("Hide the token").ClickAsync();
        await Expect(Page.GetByText(secret)).ToHaveCountAsync(0);
        await Window.GoToAsync("/me");
        await Expect(Page.GetByText(secret)).ToHaveCountAsync(0);
        await Window.Button("Revoke backup script").ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
        await Expect(Page.GetByText("No tokens.")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await CallAsync()).Status);

        async Task<(HttpStatusCode Status, string? Name)> CallAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/farm/v1/me");
            request.Headers.Add("Authorization", $"Bearer {secret}");
            // As from another machine: on its own, the server lets everybody look.
            request.Headers.Add("X-Forwarded-For", "192.168.1.7");
            using var answer = await Farm.Client.SendAsync(request);
            return (answer.StatusCode, answer.IsSuccessStatusCode ? (string?)(await TestFarm.JsonAsync(answer))["username"] : null);
        }
    }

    [BrowserFact]
    public async Task Whoever_removes_their_account_is_signed_out()
    {
        await EnterAsync("ada");
        await Window.GoToAsync("/me");
        await Window.Button("Remove my account ada").ClickAsync();
        await Dialog.GetByRole(AriaRole.Button, new() { Name = "Remove my account" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Link, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Null(Accounts.Find("ada"));
    }

    [BrowserFact]
    public async Task On_a_phone_the_pages_of_people_do_not_scroll_sideways()
    {
        await EnterAsync("an_administrator", administrator: true);
        await Accounts.InviteAsync(Caller.Farm, "somebody_with_a_name_that_never_ends_at_all_in_a_studio", Role.Operator);
        var boss = Accounts.Find("an_administrator")!;
        await Farm.Service<Tokens>().MakeAsync(new Caller(Role.Administrator, "", boss), "a_token_with_a_name_that_never_ends_for_a_tool", Role.Operator, null, TimeSpan.FromDays(90));
        await Page.SetViewportSizeAsync(390, 844);
        foreach (var path in (string[])["/people", "/people?add=1", "/people?person=somebody_with_a_name_that_never_ends_at_all_in_a_studio", "/people?person=an_administrator", "/me", "/new-password"])
        {
            await Window.GoToAsync(path);
            Assert.True(await Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), path);
        }
    }

    private ILocator Row(string name) => Page.Locator(".people-table tbody tr", new() { Has = Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }) });

    private ILocator Panel(string name) => Page.GetByRole(AriaRole.Region, new() { Name = $"Account {name}" });

    private async Task SelectAsync(string name)
    {
        await Row(name).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(Panel(name)).ToBeVisibleAsync();
    }
}
