using System.Net;
using System.Text.RegularExpressions;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Contracts.Access;
using Farm.Tests.Support;

namespace Farm.Tests.Hosting.Dashboard;

/// <summary>The page on which people choose a password, over HTTP, for strangers of a closed farm.</summary>
public sealed partial class NewPasswordTests : IAsyncLifetime
{
    private const string Elsewhere = "192.168.1.7";

    private TestFarm _farm = null!;

    private FarmAccounts Accounts => _farm.Service<FarmAccounts>();

    public async Task InitializeAsync() => _farm = await LanClient.StartFarmAsync(AccessMode.Closed);

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task A_stranger_with_a_code_sets_the_password_and_is_signed_in_from_where_they_are()
    {
        var code = (await Accounts.InviteAsync(Caller.Farm, "ada", Role.Artist)).Code;
        using var answer = await PostAsync(code, "battery staple");
        Assert.Equal((HttpStatusCode.SeeOther, "/me"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        var session = Assert.Single(Sessions(answer));
        var ada = _farm.Service<Sessions>().Find(session)!;
        Assert.Equal(("ada", true), (ada.Username, ada.IsActive));
        Assert.Equal(Elsewhere, Assert.Single(_farm.Service<OwnSessions>().All(new Caller(Role.Artist, Elsewhere, ada), session)).Address);
        Assert.NotNull(await Accounts.AuthenticateAsync(Caller.Farm, "ada", "battery staple"));

        using var again = await PostAsync(code, "staple of battery");
        Assert.Equal("/new-password?problem=code", again.Headers.Location!.OriginalString);
        Assert.Empty(Sessions(again));
    }

    [Fact]
    public async Task A_mistake_goes_back_to_the_page_with_the_reason_and_never_with_the_code()
    {
        var code = (await Accounts.InviteAsync(Caller.Farm, "ada", Role.Artist)).Code;
        using var common = await PostAsync(code, "qwertyuiop");
        Assert.Equal("/new-password?problem=password", common.Headers.Location!.OriginalString);
        using var foreign = await SendAsync(code, "battery staple", "forged", "other=1");
        Assert.Equal("/new-password?problem=old", foreign.Headers.Location!.OriginalString);
        Assert.False(Accounts.Find("ada")!.IsActive);
        for (var guess = 0; guess < LoginThrottle.MaxPerName; guess++)
        {
            using var wrong = await PostAsync($"aaaa-aaaa-aaaa-{guess}", "battery staple");
            Assert.Equal("/new-password?problem=code", wrong.Headers.Location!.OriginalString);
        }

        using var often = await PostAsync(code, "battery staple");
        Assert.Equal("/new-password?problem=often", often.Headers.Location!.OriginalString);
        using var page = await GetAsync("/new-password?problem=<script>");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.DoesNotContain("<script>", (await page.Content.ReadAsStringAsync()).Split("<main")[1]);
    }

    [Fact]
    public async Task Who_waits_for_activation_is_told_so_and_not_signed_in()
    {
        var ada = await Accounts.RegisterAsync(Caller.Farm, "ada", "correct horse", waits: true);
        using var answer = await PostAsync((await Accounts.MakePasswordCodeAsync(Caller.Farm, ada.Id)).Code, "battery staple");
        Assert.Equal("/new-password?problem=waits", answer.Headers.Location!.OriginalString);
        Assert.Empty(Sessions(answer));
    }

    private static string[] Sessions(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var cookies)
        ? [.. cookies.Where(cookie => cookie.StartsWith("tt=", StringComparison.Ordinal)).Select(cookie => cookie.Split('=', ';')[1])]
        : [];

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.Add("X-Forwarded-For", Elsewhere);
        return await _farm.Client.SendAsync(request);
    }

    /// <summary>Fills in the form as a browser does.</summary>
    private async Task<HttpResponseMessage> PostAsync(string code, string password)
    {
        using var page = await GetAsync("/new-password");
        var token = FormToken().Match(await page.Content.ReadAsStringAsync()).Groups[1].Value;
        return await SendAsync(code, password, token, page.Headers.GetValues("Set-Cookie").Single(set => set.Contains("Antiforgery", StringComparison.Ordinal)).Split(';')[0]);
    }

    private async Task<HttpResponseMessage> SendAsync(string code, string password, string token, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/new-password/set")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["code"] = code, ["password"] = password, ["__RequestVerificationToken"] = token }),
        };
        request.Headers.Add("X-Forwarded-For", Elsewhere);
        request.Headers.Add("Cookie", cookie);
        return await _farm.Client.SendAsync(request);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
