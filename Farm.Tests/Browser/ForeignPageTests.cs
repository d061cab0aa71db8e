using System.Text;
using System.Text.Json;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Browser.Support;
using Farm.Tests.Contracts.Aspire;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>
/// A page of another site, open in the browser of somebody who is signed in on the farm. Over plain HTTP and by host names, as in a studio: there
/// browsers send no Sec-Fetch-Site, and the page keeps them from sending Referer.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class ForeignPageTests(SharedBrowser browser) : IAsyncLifetime
{
    private const string SubmitAll = "<script>for (const form of document.forms) form.submit()</script>";

    private int _frames;
    private TestFarm _farm = null!;
    private TestWebHost _site = null!;
    private IBrowserContext _context = null!;
    private string _page = "";
    private string _seed = "";
    private TrackerCaller _lead = null!;

    private string FarmUrl => $"http://renderbox:{_farm.Client.BaseAddress!.Port}";

    private string SiteUrl => $"http://elsewhere:{_site.Url.Port}";

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync(clock: TimeProvider.System);
        _site = await TestWebHost.StartAsync(app => app.MapGet("/", () => Results.Content(
            $"<!doctype html><meta charset=utf-8><meta name=referrer content=no-referrer>{_page}", "text/html")));
        _lead = await _farm.PersonAsync("lead", administrator: true);
        await _farm.PersonAsync("other");
        _seed = await _farm.FilledAsync(10);
        _context = await browser.NewContextAsync(new());
        await _context.AddCookiesAsync([new() { Name = "tt", Value = _lead.Session!, Url = FarmUrl, SameSite = SameSiteAttribute.Lax, HttpOnly = true }]);
    }

    public async Task DisposeAsync()
    {
        await _context.CloseAsync();
        await _site.DisposeAsync();
        await _farm.DisposeAsync();
    }

    [BrowserFact]
    public async Task It_changes_nothing_by_GET()
    {
        var html = new StringBuilder();
        foreach (var url in Targets())
        {
            html.Append($"<img src='{url}'><script src='{url}'></script><link rel=stylesheet href='{url}'><iframe src='{url}'></iframe><object data='{url}'></object>")
                .Append($"<video src='{url}'></video><iframe srcdoc=\"<meta http-equiv=refresh content='0;url={url}'>\"></iframe>")
                .Append(Form($"method=get action='{url}'", ""))
                .Append($"<script>for (const accept of ['*/*', '', 'application/json, text/plain, */*']) fetch('{url}', {{mode: 'no-cors', credentials: 'include', headers: {{Accept: accept, 'Accept-Language': ''}}}}).catch(() => 0)</script>");
        }

        html.Append(SubmitAll);
        await VisitAsync(html.ToString());
        AssertUnchanged();
        await AssertHandsOutNothingAsync();

        foreach (var url in Targets())
        {
            await NavigateAsync($"<script>location = '{url}'</script>", url);
            await NavigateAsync($"<form method=get action='{url}'></form><script>document.forms[0].submit()</script>", url);
            await NavigateAsync($"<meta http-equiv=refresh content='0;url={url}'>", url);
            await NavigateAsync($"<a id=a href='{url}'>x</a><script>a.click()</script>", url);
        }

        AssertUnchanged();
        await AssertHandsOutNothingAsync();
    }

    [BrowserFact]
    public async Task It_changes_nothing_by_POST_and_runs_no_commands()
    {
        var html = new StringBuilder();
        (string Path, string Body)[] posts =
        [
            ("/flowserv/api/v1/users/register", """{"username":"mallory","password":"x","verify":false}"""),
            ("/register", """{"username":"mallory","password":"correct horse"}"""),
            ("/worker/create", """{"alias":"mallory"}"""),
            ("/project/create", """{"name":"mallory"}"""),
            ("/manager/promote/2", "{}"),
            ("/logout", ""),
            ("/api/v3/jobs", """{"name":"mallory","type":"command-line","priority":50,"submitter_platform":"linux","settings":{"executable":"id"}}"""),
            ("/aspire_api/seeds", """{"description":"mallory"}"""),
            ("/sign-in/register", "username=mallory&password=correct+horse"),
            ("/sign-out", "back=/"),
        ];
        foreach (var (path, body) in posts)
        {
            var url = FarmUrl + path;
            var (name, value) = body.Length > 2 ? (body[..^1] + ",\"", "\":0}") : ("x", "y");
            var field = $"<input name='{name}' value='{value}'>";
            var quoted = field.Replace("\"", "&quot;");
            html.Append(Form($"method=post enctype=text/plain action='{url}'", field))
                .Append(Form($"method=post action='{url}'", "<input name=username value=mallory><input name=password value='correct horse'>"))
                .Append($"<iframe sandbox='allow-scripts allow-forms' srcdoc=\"<form method=post enctype=text/plain action='{url}'>{quoted}</form><script>document.forms[0].submit()</script>\"></iframe>")
                .Append($"<script>{{ const body = {JsonSerializer.Serialize(body)};")
                .Append($"fetch('{url}', {{method: 'POST', mode: 'no-cors', credentials: 'include', body}}).catch(() => 0);")
                .Append($"fetch('{url}', {{method: 'POST', body, headers: {{'Content-Type': 'application/json', 'api_key': 'x'}}}}).catch(() => 0);")
                .Append($"navigator.sendBeacon('{url}', body) }}</script>");
        }

        html.Append(SubmitAll);
        await VisitAsync(html.ToString());
        AssertUnchanged();
        Assert.Equal(["lead", "other"], _farm.Service<FarmAccounts>().All().Select(account => account.Username));
        var jobs = (await _farm.GetAsync("/api/v3/jobs"))["jobs"]!.AsArray();
        Assert.DoesNotContain(jobs, job => ((string)job!["name"]!).Contains("mallory"));
        Assert.DoesNotContain("mallory", (await ProjectClient.CallAsync(_farm, "GET", "/worker/stats")).Text);
        Assert.DoesNotContain("mallory", (await ProjectClient.CallAsync(_farm, "GET", "/project/list")).Text);
    }

    /// <summary>So the routes work, and what kept the other page out is that it is another.</summary>
    [BrowserFact]
    public async Task A_page_of_the_farm_does_by_GET_and_POST_what_the_original_interface_does()
    {
        var page = await _context.NewPageAsync();
        await page.GotoAsync($"{FarmUrl}/sign-in");
        Assert.Equal(204, await FetchAsync("GET", "/manager/promote/2"));
        Assert.True(_farm.Account("other").IsAdministrator);
        Assert.Equal(204, await FetchAsync("GET", "/api/manager/demote/2"));
        Assert.Equal(200, await FetchAsync("POST", "/project/create", """{"name":"shot"}"""));
        Assert.Equal(200, await FetchAsync("GET", "/aspire_api/manager/batch?worker=w"));
        Assert.Equal(204, await FetchAsync("GET", "/logout"));
        Assert.Null(_farm.Service<Sessions>().Find(_lead.Session!));

        Task<int> FetchAsync(string method, string path, string? body = null) => page.EvaluateAsync<int>(
            "async ([method, path, body]) => (await fetch(path, {method, body, headers: {Accept: 'application/json, text/plain, */*'}})).status",
            new[] { method, path, body });
    }

    /// <summary>A form with a frame of its own, as the frame's next form would cancel it.</summary>
    private string Form(string attributes, string fields) => $"<iframe name=frame{++_frames}></iframe><form {attributes} target=frame{_frames}>{fields}</form>";

    private IEnumerable<string> Targets() =>
    [
        $"{FarmUrl}/manager/promote/2", $"{FarmUrl}/api/manager/promote/2", $"{FarmUrl}/logout",
        $"{FarmUrl}/aspire_api/manager/batch?worker=w", $"{FarmUrl}/aspire/_api/manager/release/seed/{_seed}",
    ];

    /// <summary>Opens a page of the other site and waits until all that it asked for is answered.</summary>
    private async Task VisitAsync(string html)
    {
        _page = html;
        var page = await _context.NewPageAsync();
        await page.GotoAsync(SiteUrl, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.CloseAsync();
    }

    /// <summary>Opens a page of the other site and waits until it has led to an address.</summary>
    private async Task NavigateAsync(string html, string url)
    {
        _page = html;
        var page = await _context.NewPageAsync();
        var answered = page.WaitForResponseAsync(response => response.Url.StartsWith(url.Split('?')[0], StringComparison.Ordinal));
        await page.GotoAsync(SiteUrl, new() { WaitUntil = WaitUntilState.Commit });
        Assert.Equal(403, (await answered).Status);
        await page.CloseAsync();
    }

    private void AssertUnchanged()
    {
        Assert.False(_farm.Account("other").IsAdministrator);
        Assert.True(_farm.Account("lead").IsAdministrator);
        Assert.NotNull(_farm.Service<Sessions>().Find(_lead.Session!));
    }

    private async Task AssertHandsOutNothingAsync() => Assert.Equal((10, 0, 0, 0), await _farm.ItemsAsync(_seed));
}
