using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Browser.Support;
using Farm.Tests.Contracts.Access;
using Farm.Tests.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>A closed farm in the browser of another machine: a stranger can sign in, and see nothing before.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ClosedFarmPageTests(SharedBrowser browser) : IAsyncLifetime
{
    private TestFarm _farm = null!;
    private Window _window = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync(clock: TimeProvider.System, access: AccessMode.Closed, security: LanClient.Security);
        await _farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "boss", "correct horse", Role.Administrator);
        _window = await Window.OpenAsync(browser, _farm.Client.BaseAddress!);
        await _window.Page.Context.SetExtraHTTPHeadersAsync([KeyValuePair.Create("X-Forwarded-For", "192.168.1.7")]);
    }

    public async Task DisposeAsync()
    {
        await using (_farm) await _window.DisposeAsync();
    }

    [BrowserFact]
    public async Task Who_signs_in_comes_to_the_page_that_they_wanted()
    {
        var page = _window.Page;
        await page.GotoAsync("/workers");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?back="));
        await Assertions.Expect(page.GetByText("New account")).ToHaveCountAsync(0);
        await SignInAsync("wrong horse");
        await Assertions.Expect(page.GetByText("Wrong name or password.")).ToBeVisibleAsync();
        await SignInAsync("correct horse");
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/workers$"));
        await _window.AliveAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Workers" })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_page_that_is_open_shows_nothing_more_once_its_session_has_ended()
    {
        var page = _window.Page;
        await page.GotoAsync("/workers");
        await SignInAsync("correct horse");
        await _window.AliveAsync();
        var boss = _farm.Service<FarmAccounts>().All().Single();
        await _farm.Service<FarmAccounts>().EndSessionsAsync(Caller.Farm, boss.Id);
        await page.ReloadAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in\\?back="));
    }

    private async Task SignInAsync(string password)
    {
        var page = _window.Page;
        await page.GetByLabel("Name").FillAsync("boss");
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }
}
