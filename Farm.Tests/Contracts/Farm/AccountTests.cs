using System.Net;
using System.Text.Json.Nodes;
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
        _farm = await TestFarm.StartAsync();
        await _farm.Service<FarmAccounts>().RegisterAsync("lead", "correct horse");
        await _farm.Service<FarmAccounts>().RegisterAsync("other", "correct horse");
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task An_account_is_listed_and_activated()
    {
        var other = (await ListAsync())[1]!;
        Assert.Equal(("other", false, false), ((string)other["username"]!, (bool)other["active"]!, (bool)other["administrator"]!));
        Assert.Equal(["id", "username", "active", "administrator", "created"], other.AsObject().Select(entry => entry.Key));
        using var answer = await _farm.AsAdministratorAsync(HttpMethod.Post, $"{Accounts}/{other["id"]}/activate");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((bool)(await TestFarm.JsonAsync(answer))["active"]!);
        Assert.True((bool)(await ListAsync())[1]!["active"]!);
        Assert.NotNull(await _farm.Service<FarmAccounts>().AuthenticateAsync("other", "correct horse"));
    }

    [Fact]
    public async Task A_password_is_set()
    {
        var lead = (await ListAsync())[0]!;
        using var answer = await _farm.AsAdministratorAsync(HttpMethod.Put, $"{Accounts}/{lead["id"]}/password", new { password = "battery staple" });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.NotNull(await _farm.Service<FarmAccounts>().AuthenticateAsync("lead", "battery staple"));
        foreach (var body in (object[])[new { }, new { password = "" }, new { password = 5 }])
        {
            using var refused = await _farm.AsAdministratorAsync(HttpMethod.Put, $"{Accounts}/{lead["id"]}/password", body);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("POST", "/x/activate")]
    [InlineData("PUT", "/x/password")]
    public async Task Only_the_administrators_token_is_accepted_and_unknown_accounts_are_404(string method, string path)
    {
        using var anonymous = await _farm.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), Accounts + path));
        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        using var known = await _farm.AsAdministratorAsync(new HttpMethod(method), Accounts + path, method == "PUT" ? new { password = "x" } : null);
        Assert.Equal(path.Length == 0 ? HttpStatusCode.OK : HttpStatusCode.NotFound, known.StatusCode);
    }

    private async Task<JsonArray> ListAsync()
    {
        using var answer = await _farm.AsAdministratorAsync(HttpMethod.Get, Accounts);
        return (await TestFarm.JsonAsync(answer))["accounts"]!.AsArray();
    }
}
