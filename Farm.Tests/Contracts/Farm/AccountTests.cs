using System.Net;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Farm;

/// <summary>Contracts/Farm/Contract.md section 7: who has the administrator's token activates accounts and sets passwords.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private const string Accounts = "/api/farm/v1/accounts";

    private TestFarm _farm = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync(openRegistration: false);
        await _farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "lead", "correct horse", Role.Administrator);
        await _farm.Service<FarmAccounts>().RegisterAsync(Caller.Farm, "other", "correct horse");
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task An_account_is_listed_and_activated()
    {
        var other = (await ListAsync())[1]!;
        Assert.Equal(("other", false, "artist"), ((string)other["username"]!, (bool)other["active"]!, (string)other["role"]!));
        Assert.Equal(["id", "username", "active", "invited", "role", "created", "lastSignIn", "sessions", "tokens", "codeExpires"], other.AsObject().Select(entry => entry.Key));
        using var answer = await _farm.AsAdministratorAsync(HttpMethod.Post, $"{Accounts}/{other["id"]}/activate");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((bool)(await TestFarm.JsonAsync(answer))["active"]!);
        Assert.True((bool)(await ListAsync())[1]!["active"]!);
        Assert.NotNull(await _farm.Service<FarmAccounts>().AuthenticateAsync(Caller.Farm, "other", "correct horse"));
    }

    [Fact]
    public async Task A_password_is_set()
    {
        var lead = (await ListAsync())[0]!;
        using var answer = await _farm.AsAdministratorAsync(HttpMethod.Put, $"{Accounts}/{lead["id"]}/password", new { password = "battery staple" });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.NotNull(await _farm.Service<FarmAccounts>().AuthenticateAsync(Caller.Farm, "lead", "battery staple"));
        foreach (var body in (object[])[new { }, new { password = "" }, new { password = 5 }])
        {
            using var refused = await _farm.AsAdministratorAsync(HttpMethod.Put, $"{Accounts}/{lead["id"]}/password", body);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task An_account_is_added_with_a_role_which_can_be_changed()
    {
        using var added = await _farm.AsAdministratorAsync(HttpMethod.Post, Accounts, new { username = "eve", password = "correct horse", role = "operator" });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var eve = await TestFarm.JsonAsync(added);
        Assert.Equal(("operator", true), ((string)eve["role"]!, (bool)eve["active"]!));
        using var changed = await _farm.AsAdministratorAsync(HttpMethod.Put, $"{Accounts}/{eve["id"]}/role", new { role = "artist" });
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(Role.Artist, _farm.Service<FarmAccounts>().Find("eve")!.Role);
        foreach (var body in (object[])[new { role = "visitor" }, new { role = "king" }, new { }])
        {
            using var refused = await _farm.AsAdministratorAsync(HttpMethod.Put, $"{Accounts}/{eve["id"]}/role", body);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        foreach (var body in (object[])[new { username = "new" }, new { username = "new", password = "short" }, new { username = "new", password = "correct horse", role = "king" }])
        {
            using var refused = await _farm.AsAdministratorAsync(HttpMethod.Post, Accounts, body);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Fact]
    public async Task An_account_is_signed_out_everywhere_and_removed()
    {
        var other = (await ListAsync())[1]!;
        var account = _farm.Service<FarmAccounts>().Find("other")!;
        await _farm.Service<FarmAccounts>().ActivateAsync(Caller.Farm, account.Uuid);
        var session = await _farm.Service<Sessions>().OpenAsync(account.Id, TimeSpan.FromHours(1));
        using var signedOut = await _farm.AsAdministratorAsync(HttpMethod.Post, $"{Accounts}/{other["id"]}/sign-out");
        Assert.Equal(HttpStatusCode.NoContent, signedOut.StatusCode);
        Assert.Null(_farm.Service<Sessions>().Find(session.Token));

        using var removed = await _farm.AsAdministratorAsync(HttpMethod.Delete, $"{Accounts}/{other["id"]}");
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        var lead = Assert.Single(await ListAsync())!;
        using var last = await _farm.AsAdministratorAsync(HttpMethod.Delete, $"{Accounts}/{lead["id"]}");
        Assert.Equal(HttpStatusCode.Conflict, last.StatusCode);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/x/sign-out")]
    [InlineData("DELETE", "/x")]
    [InlineData("PUT", "/x/role")]
    [InlineData("POST", "/x/activate")]
    [InlineData("PUT", "/x/password")]
    [InlineData("POST", "/x/code")]
    public async Task Only_the_administrators_token_is_accepted_and_unknown_accounts_are_404(string method, string path)
    {
        using var anonymous = await _farm.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Accounts + path));
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var known = await _farm.AsAdministratorAsync(new HttpMethod(method), Accounts + path, method == "PUT" ? new { password = "correct horse", role = "artist" } : null);
        Assert.Equal(path.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.NotFound, known.StatusCode);
    }

    private async Task<JsonArray> ListAsync()
    {
        using var answer = await _farm.AsAdministratorAsync(HttpMethod.Get, Accounts);
        return (await TestFarm.JsonAsync(answer))["accounts"]!.AsArray();
    }
}
