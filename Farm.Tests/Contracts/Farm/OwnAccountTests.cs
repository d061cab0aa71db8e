using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Contracts.Access;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Farm;

/// <summary>Contracts/Farm/Contract.md section 7: the account of whoever asks, over HTTP.</summary>
public sealed class OwnAccountTests : IAsyncLifetime
{
    private const string Root = "/api/farm/v1";

    private TestFarm _farm = null!;
    private LanClient _ada = null!;

    public async Task InitializeAsync()
    {
        _farm = await LanClient.StartFarmAsync();
        _ada = await LanClient.SignedInAsync(_farm, "192.168.1.7", "ada", Role.Artist);
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task The_account_is_shown_and_removed()
    {
        var me = await ReadAsync(_ada, "/me");
        Assert.Equal(("ada", "artist", true), ((string)me["username"]!, (string)me["role"]!, (bool)me["active"]!));
        Assert.Equal(204, (await _ada.SendAsync("DELETE", Root + "/me")).Status);
        Assert.Null(_farm.Service<FarmAccounts>().Find("ada"));
        Assert.Equal(401, (await _ada.SendAsync("GET", Root + "/me")).Status);

        var boss = await SessionOfAsync("boss");
        Assert.Equal(409, (await boss.SendAsync("DELETE", Root + "/me")).Status);
    }

    [Fact]
    public async Task The_password_is_changed_with_the_present_one_and_other_sessions_end()
    {
        var other = await SessionOfAsync("ada");
        Assert.Equal(204, (await ChangeAsync("correct horse", "battery staple")).Status);
        Assert.Equal(200, (await _ada.SendAsync("GET", Root + "/me")).Status);
        Assert.Equal(401, (await other.SendAsync("GET", Root + "/me")).Status);

        foreach (var body in (object[])[new { password = "staple of battery" }, new { present = "battery staple" }, new { present = "battery staple", password = "short" }])
            Assert.Equal(400, (await _ada.SendAsync("PUT", Root + "/me/password", body)).Status);
        for (var guess = 0; guess < LoginThrottle.MaxPerName; guess++) Assert.Equal(403, (await ChangeAsync($"guess {guess}", "staple of battery")).Status);
        Assert.Equal(429, (await ChangeAsync("battery staple", "staple of battery")).Status);
    }

    [Fact]
    public async Task An_administrator_cannot_set_their_own_password_as_that_of_others()
    {
        var boss = await SessionOfAsync("boss");
        var (own, ada) = (_farm.Service<FarmAccounts>().Find("boss")!.Uuid, _farm.Service<FarmAccounts>().Find("ada")!.Uuid);
        Assert.Equal(403, (await boss.SendAsync("PUT", $"{Root}/accounts/{own}/password", new { password = "battery staple" })).Status);
        Assert.Equal(403, (await boss.SendAsync("POST", $"{Root}/accounts/{own}/code")).Status);
        Assert.Equal(204, (await boss.SendAsync("PUT", $"{Root}/accounts/{ada}/password", new { password = "battery staple" })).Status);
    }

    [Fact]
    public async Task Sessions_are_listed_and_ended()
    {
        var other = await SessionOfAsync("ada");
        await other.SendAsync("GET", Root + "/me");
        await _farm.Service<Sessions>().WriteUsesAsync();
        var sessions = (await ReadAsync(_ada, "/me/sessions"))["sessions"]!.AsArray();
        Assert.Equal(["id", "address", "signedIn", "lastUsed", "expires", "current"], sessions[0]!.AsObject().Select(entry => entry.Key));
        Assert.Equal([("192.168.1.9", false), (null, true)], sessions.Select(session => ((string?)session!["address"], (bool)session["current"]!)));
        Assert.NotNull(sessions[0]!["lastUsed"]);

        Assert.Equal(404, (await _ada.SendAsync("DELETE", Root + "/me/sessions/x")).Status);
        Assert.Equal(404, (await _ada.SendAsync("DELETE", Root + "/me/sessions/9999")).Status);
        Assert.Equal(204, (await _ada.SendAsync("DELETE", $"{Root}/me/sessions/{sessions[0]!["id"]}")).Status);
        Assert.Equal(401, (await other.SendAsync("GET", Root + "/me")).Status);

        var third = await SessionOfAsync("ada");
        Assert.Equal(204, (await _ada.SendAsync("DELETE", Root + "/me/sessions")).Status);
        Assert.Equal(401, (await third.SendAsync("GET", Root + "/me")).Status);
        Assert.Equal(200, (await _ada.SendAsync("GET", Root + "/me")).Status);
    }

    [Fact]
    public async Task Own_tokens_are_listed_without_those_of_others_also_for_an_administrator()
    {
        var boss = await SessionOfAsync("boss");
        Assert.Equal(201, (await boss.SendAsync("POST", Root + "/tokens", new { name = "deploy", role = "operator" })).Status);
        Assert.Equal(201, (await _ada.SendAsync("POST", Root + "/tokens", new { name = "tool", role = "artist" })).Status);
        Assert.Equal("deploy", (string?)Assert.Single((await ReadAsync(boss, "/me/tokens"))["tokens"]!.AsArray())!["name"]);
        Assert.Equal("tool", (string?)Assert.Single((await ReadAsync(_ada, "/me/tokens"))["tokens"]!.AsArray())!["name"]);
    }

    [Theory]
    [InlineData("GET", "/me")]
    [InlineData("DELETE", "/me")]
    [InlineData("PUT", "/me/password")]
    [InlineData("GET", "/me/sessions")]
    [InlineData("DELETE", "/me/sessions")]
    [InlineData("DELETE", "/me/sessions/1")]
    [InlineData("GET", "/me/tokens")]
    public async Task A_visitor_and_the_administrators_token_have_no_account(string method, string path)
    {
        object? body = method == "PUT" ? new { present = "correct horse", password = "battery staple" } : null;
        Assert.Equal(401, (await new LanClient(_farm, "192.168.1.7").SendAsync(method, Root + path, body)).Status);
        using var administrator = await _farm.AsAdministratorAsync(new HttpMethod(method), Root + path, body);
        Assert.Equal(403, (int)administrator.StatusCode);
        Assert.Contains("sign in", await administrator.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_code_sets_a_password_once_and_an_invitation_makes_an_account()
    {
        var boss = await SessionOfAsync("boss");
        var (status, text) = await boss.SendAsync("POST", Root + "/invitations", new { username = "eve", role = "operator" });
        Assert.Equal(201, status);
        var made = JsonNode.Parse(text)!;
        Assert.Equal(["code", "page", "expires", "account"], made.AsObject().Select(entry => entry.Key));
        Assert.Equal(("/new-password", "eve", false), ((string)made["page"]!, (string)made["account"]!["username"]!, (bool)made["account"]!["active"]!));
        var listed = (await ReadAsync(boss, "/accounts"))["accounts"]!.AsArray().Single(account => (string)account!["username"]! == "eve")!;
        Assert.Equal((true, false, (string)made["expires"]!), ((bool)listed["invited"]!, (bool)listed["active"]!, (string)listed["codeExpires"]!));
        Assert.Equal(409, (await boss.SendAsync("POST", $"{Root}/accounts/{listed["id"]}/activate")).Status);

        var visitor = new LanClient(_farm, "192.168.1.8");
        foreach (var body in (object[])[new { code = "x" }, new { password = "battery staple" }, new { code = (string)made["code"]!, password = "short" }])
            Assert.Equal(400, (await visitor.SendAsync("POST", Root + "/password-code", body)).Status);
        Assert.Equal(200, (await UseAsync(made)).Status);
        Assert.Equal(403, (await UseAsync(made)).Status);
        Assert.NotNull(await _farm.Service<FarmAccounts>().AuthenticateAsync(Caller.Farm, "eve", "battery staple"));

        var (_, code) = await boss.SendAsync("POST", $"{Root}/accounts/{listed["id"]}/code");
        Assert.Equal(200, (await UseAsync(JsonNode.Parse(code)!)).Status);
        for (var guess = 0; guess < LoginThrottle.MaxPerName; guess++) await visitor.SendAsync("POST", Root + "/password-code", new { code = "x", password = "battery staple" });
        Assert.Equal(429, (await visitor.SendAsync("POST", Root + "/password-code", new { code = "x", password = "battery staple" })).Status);

        Task<(int Status, string Text)> UseAsync(JsonNode with) =>
            visitor.SendAsync("POST", Root + "/password-code", new { code = (string)with["code"]!, password = "battery staple" });
    }

    [Fact]
    public async Task Only_administrators_invite_and_only_who_is_not_there_yet()
    {
        var boss = await SessionOfAsync("boss");
        foreach (var body in (object[])[new { role = "artist" }, new { username = "eve", role = "king" }, new { username = "" }])
            Assert.Equal(400, (await boss.SendAsync("POST", Root + "/invitations", body)).Status);
        Assert.Equal(409, (await boss.SendAsync("POST", Root + "/invitations", new { username = "ada" })).Status);
        Assert.Equal(404, (await boss.SendAsync("POST", $"{Root}/accounts/{Guid.NewGuid()}/code")).Status);
        Assert.Equal(403, (await _ada.SendAsync("POST", Root + "/invitations", new { username = "eve" })).Status);
        Assert.Equal(401, (await new LanClient(_farm, "192.168.1.7").SendAsync("POST", Root + "/invitations", new { username = "eve" })).Status);
    }

    private Task<(int Status, string Text)> ChangeAsync(string present, string password) => _ada.SendAsync("PUT", Root + "/me/password", new { present, password });

    private async Task<LanClient> SessionOfAsync(string name)
    {
        var account = _farm.Service<FarmAccounts>().Find(name)!;
        return new LanClient(_farm, "192.168.1.9", (await _farm.Service<Sessions>().OpenAsync(account.Id, TimeSpan.FromHours(8), "192.168.1.9")).Token);
    }

    private static async Task<JsonNode> ReadAsync(LanClient client, string path)
    {
        var (status, text) = await client.SendAsync("GET", Root + path);
        Assert.True(status == 200, text);
        return JsonNode.Parse(text)!;
    }
}
