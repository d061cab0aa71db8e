using Farm.Server.Store.Engine;
using Farm.Tests.Browser.Support;
using Farm.Tests.Contracts.TaskTracker;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

public sealed class HealthTests(SharedBrowser browser) : BrowserTest(browser)
{
    private ILocator Row => Page.Locator(".manager-table tbody tr");

    private ILocator Facts => Page.Locator(".health-facts");

    [BrowserFact]
    public async Task With_SQLite_the_page_shows_the_one_manager_and_its_database()
    {
        await Window.GoToAsync("/");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Health", Exact = true }).ClickAsync();

        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Health");
        await Expect(Row).ToHaveCountAsync(1);
        await Expect(Row).ToContainTextAsync($"{Environment.MachineName}:");
        await Expect(Row).ToContainTextAsync("this manager");
        await Expect(Row).ToContainTextAsync("leader");
        await Expect(Row.Locator(".status")).ToContainTextAsync("ok");
        await Expect(Facts.Locator(".status").First).ToContainTextAsync("ok");
        await Expect(Facts).ToContainTextAsync("SQLite");
        await Expect(Page.Locator(".page-head .status")).ToContainTextAsync("no problems");
    }

    [BrowserFact]
    public async Task Last_seen_advances_while_the_page_is_open()
    {
        await Window.GoToAsync("/status");
        var seen = Row.Locator(".cell-seen farm-time");
        var first = await seen.GetAttributeAsync("at");

        await Expect(seen).Not.ToHaveAttributeAsync("at", first!);
    }

    [BrowserFact]
    public async Task The_page_says_that_the_database_does_not_answer()
    {
        using var go = new ManualResetEventSlim();
        var held = Farm.Service<FarmStore>().WriteAsync(_ => go.Wait());
        await Window.GoToAsync("/status");

        await Expect(Row).ToHaveCountAsync(1);
        await Expect(Facts.Locator(".status").First).ToContainTextAsync("does not answer in time");
        await Expect(Page.Locator(".page-head .status")).ToContainTextAsync("1 problem");

        go.Set();
        await held;
        await Expect(Facts.Locator(".status").First).ToContainTextAsync("ok");
        await Expect(Page.Locator(".page-head .status")).ToContainTextAsync("no problems");
    }

    [BrowserFact]
    public async Task A_table_stays_when_a_notice_appears_above_it_while_a_status_changes()
    {
        await Window.GoToAsync("/status");
        await Expect(Row).ToBeVisibleAsync();

        await Page.EvaluateAsync(
            """
            () => {
              const notice = document.createElement("p");
              notice.className = "problem";
              notice.textContent = "notice";
              document.querySelector(".card-table").before(notice);
              for (const status of document.querySelectorAll("main .status")) {
                status.className = "status tone-failed";
                status.querySelector(".glyph").dataset.glyph = "✕";
                status.lastChild.data = "the database cannot be reached";
              }
            }
            """);

        // The layout is wrong at the next frame, if at all.
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Assert.InRange((await Row.BoundingBoxAsync())?.Height ?? 0, 20, 400);
    }

    [BrowserFact]
    public async Task Only_an_administrator_sees_the_file_of_the_database()
    {
        var file = Path.Combine(Farm.Data, "farm", "farm.db");
        var lead = await Farm.PersonAsync("lead", administrator: true);
        await Window.GoToAsync("/status");
        await Expect(Facts.Locator(".status").First).ToContainTextAsync("ok");
        await Expect(Facts).Not.ToContainTextAsync(file);

        await Page.Context.AddCookiesAsync([new() { Name = "tt", Value = lead.Session!, Url = Farm.Client.BaseAddress!.ToString() }]);
        await Window.GoToAsync("/status");
        await Expect(Facts).ToContainTextAsync(file);
    }
}
