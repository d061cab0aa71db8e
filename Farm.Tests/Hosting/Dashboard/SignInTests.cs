using System.Net;
using System.Text.RegularExpressions;
using Farm.Dashboard;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

/// <summary>The sign-in forms over HTTP.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task Registering_or_signing_in_sets_the_session_cookie_and_redirects_back()
    {
        await using var farm = await TestFarm.StartAsync();
        var registered = await PostAsync(farm, "/sign-in/register", "lead", "correct horse", "/jobs?show=active");
        Assert.Equal((HttpStatusCode.SeeOther, "/jobs?show=active"), (registered.StatusCode, registered.Headers.Location!.OriginalString));
        Assert.Equal(Role.Artist, farm.Service<Sessions>().Find(Token(registered))!.Role);

        var signedIn = await PostAsync(farm, "/sign-in/enter", "lead", "correct horse", "/projects");
        Assert.Equal("/projects", signedIn.Headers.Location!.OriginalString);
        var caller = new TrackerCaller(Token(signedIn));
        Assert.NotEqual(Token(registered), caller.Session);
        Assert.Equal("lead", (string?)(await farm.CallAsync("GET", "/account", by: caller)).Good().Content["manager"]!["username"]);

        var signedOut = await PostAsync(farm, "/sign-out", "", "", "/workers", ("Cookie", $"tt={caller.Session}"));
        Assert.Equal("/workers", signedOut.Headers.Location!.OriginalString);
        Assert.Equal("", Token(signedOut));
        Assert.Null(farm.Service<Sessions>().Find(caller.Session!));
        Assert.NotNull(farm.Service<Sessions>().Find(Token(registered)));
    }

    [Theory]
    [InlineData("/sign-in/enter", "lead", "wrong horse", "wrong")]
    [InlineData("/sign-in/enter", "nobody", "correct horse", "wrong")]
    [InlineData("/sign-in/enter", "", "", "wrong")]
    [InlineData("/sign-in/register", "lead", "correct horse", "taken")]
    [InlineData("/sign-in/register", "le", "correct horse", "length")]
    [InlineData("/sign-in/register", "other", "too short", "password")]
    [InlineData("/sign-in/register", "other", "qwertyuiop", "password")]
    [InlineData("/sign-in/register", "ot\ther", "correct horse", "name")]
    public async Task A_failure_redirects_to_the_sign_in_page_with_the_reason(string path, string name, string password, string problem)
    {
        await using var farm = await TestFarm.StartAsync();
        await PostAsync(farm, "/sign-in/register", "lead", "correct horse", "/");
        var answer = await PostAsync(farm, path, name, password, "/jobs");
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal($"/sign-in?problem={problem}&name={Uri.EscapeDataString(name)}&back=%2Fjobs", answer.Headers.Location!.OriginalString);
        Assert.Empty(Tokens(answer));
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("/\r\nX-More: 1")]
    [InlineData("/\telsewhere.example")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("\t//elsewhere.example")]
    [InlineData("/%2f/elsewhere.example")]
    [InlineData("/%252felsewhere.example")]
    [InlineData("/%5celsewhere.example")]
    [InlineData("/.//elsewhere.example")]
    [InlineData("/..%2f/elsewhere.example")]
    [InlineData("/jobs/../..//elsewhere.example")]
    [InlineData("http:elsewhere.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/ü")]
    [InlineData("jobs")]
    [InlineData("")]
    public async Task The_return_link_never_leads_to_another_site(string back)
    {
        await using var farm = await TestFarm.StartAsync();
        var answer = await PostAsync(farm, "/sign-in/register", "lead", "correct horse", back);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/sign-in?back={Uri.EscapeDataString(back)}");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await farm.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Equal(2, html.Split("name=\"back\" value=\"/projects\"").Length - 1);
        Assert.DoesNotContain("href=\"//", html);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/jobs?show=active&q=http://node-07//x#top")]
    [InlineData("/projects/a%20b")]
    public void A_page_of_this_server_is_kept(string back) => Assert.Equal(back, LocalAddress.Or(back, "/projects"));

    [Theory]
    [InlineData("Origin", "http://elsewhere.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_form_from_another_site_is_rejected(string header, string value)
    {
        await using var farm = await TestFarm.StartAsync();
        foreach (var path in new[] { "/sign-in/register", "/sign-in/enter", "/sign-out" })
            Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(farm, path, "lead", "correct horse", "/", (header, value))).StatusCode);
        Assert.Empty(farm.Service<FarmAccounts>().All());
    }

    [Fact]
    public async Task A_body_that_is_not_a_form_is_rejected()
    {
        await using var farm = await TestFarm.StartAsync();
        using var answer = await farm.Client.PostAsync("/sign-in/enter", new StringContent("{}"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task People_sign_in_without_the_task_tracker_protocol_too()
    {
        await using var farm = await TestFarm.StartAsync(contracts: new Dictionary<string, ContractSettings> { ["task_tracker"] = new(false) });
        Assert.Equal("/", (await PostAsync(farm, "/sign-in/register", "lead", "correct horse", "/")).Headers.Location!.OriginalString);
        Assert.Single(farm.Service<FarmAccounts>().All());
    }

    [Theory]
    [InlineData("")]
    [InlineData("forged")]
    public async Task A_form_that_this_servers_page_did_not_make_changes_nothing(string token)
    {
        await using var farm = await TestFarm.StartAsync();
        var registered = await SendAsync(farm, "/sign-in/register", "lead", "correct horse", "/", token);
        Assert.StartsWith("/sign-in?problem=old", registered.Headers.Location!.OriginalString);
        Assert.Empty(farm.Service<FarmAccounts>().All());

        var owner = await farm.PersonAsync("owner");
        var signedOut = await SendAsync(farm, "/sign-out", "", "", "/", token, ("Cookie", $"tt={owner.Session}"));
        Assert.StartsWith("/sign-in?problem=old", signedOut.Headers.Location!.OriginalString);
        Assert.NotNull(farm.Service<Sessions>().Find(owner.Session!));
    }

    [Fact]
    public async Task Whoever_registers_waits_for_an_administrator_unless_registration_is_open()
    {
        await using var farm = await TestFarm.StartAsync(openRegistration: false);
        var answer = await PostAsync(farm, "/sign-in/register", "other", "correct horse", "/");
        Assert.StartsWith("/sign-in?problem=waits", answer.Headers.Location!.OriginalString);
        Assert.Empty(Tokens(answer));
        Assert.False(farm.Account("other").IsActive);
    }

    private static string Token(HttpResponseMessage answer) => Tokens(answer).Single();

    private static string[] Tokens(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var cookies)
        ? [.. cookies.Where(cookie => cookie.StartsWith("tt=", StringComparison.Ordinal)).Select(cookie => cookie.Split('=', ';')[1])]
        : [];

    /// <summary>Fills in a form of the sign-in page as a browser does.</summary>
    private static async Task<HttpResponseMessage> PostAsync(
        TestFarm farm, string path, string name, string password, string back, params (string Name, string Value)[] headers)
    {
        var session = headers.Where(header => header.Name == "Cookie").Select(header => header.Value).ToList();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Accept.ParseAdd("text/html");
        if (session.Count > 0) request.Headers.Add("Cookie", session);
        using var page = await farm.Client.SendAsync(request);
        var html = await page.Content.ReadAsStringAsync();
        var token = Regex.Match(html, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        var cookie = page.Headers.GetValues("Set-Cookie").Single(set => set.Contains("Antiforgery", StringComparison.Ordinal)).Split(';')[0];
        return await SendAsync(
            farm, path, name, password, back, token,
            [.. headers.Where(header => header.Name != "Cookie"), ("Cookie", string.Join("; ", session.Append(cookie)))]);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestFarm farm, string path, string name, string password, string back, string token, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["username"] = name,
                ["password"] = password,
                ["back"] = back,
                ["__RequestVerificationToken"] = token,
            }),
        };
        foreach (var (header, value) in headers) request.Headers.Add(header, value);
        return await farm.Client.SendAsync(request);
    }
}
