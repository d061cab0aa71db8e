using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Access;

/// <summary>Tokens of tools, as each protocol's clients can send them.</summary>
public sealed class TokenTests
{
    private const string Elsewhere = "192.168.1.7";

    [Fact]
    public async Task A_token_is_taken_wherever_a_client_can_put_it()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var token = await MakeAsync(farm, Role.Artist);
        (string Name, string Value)[] headers =
        [
            ("Authorization", $"Bearer {token}"), ("Authorization", Basic("anybody", token)), ("Authorization", Basic(token, "")), ("api_key", token), ("X-Api-Key", token),
        ];
        foreach (var path in (string[])["/api/v3/jobs", "/api/jobs", "/project/list", "/flowserv/api/v1/workflows", "/api/farm/v1/openapi3.json", "/metrics"])
        {
            Assert.Equal(401, await StatusAsync(farm, "GET", path));
            foreach (var header in headers) Assert.True(await StatusAsync(farm, "GET", path, header) == 200, $"{path} with {header.Name}");
            Assert.True(await StatusAsync(farm, "GET", $"/token/{token}{path}") == 200, $"{path} with the token in the address");
            Assert.Equal(401, await StatusAsync(farm, "GET", $"/token/{token}x{path}"));
        }

        Assert.Equal(404, await StatusAsync(farm, "GET", $"/token/{token}/aspire_api/seeds/1"));
        Assert.Equal(200, await StatusAsync(farm, "GET", $"/token/{token}/aspire_api/manager/batch?worker=w"));
        Assert.Equal(401, await StatusAsync(farm, "GET", "/aspire_api/manager/batch?worker=w"));
        Assert.Equal(404, await StatusAsync(farm, "GET", "/token/other"));
    }

    [Fact]
    public async Task A_token_in_the_address_reaches_no_log()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var token = await MakeAsync(farm, Role.Artist);
        await StatusAsync(farm, "GET", $"/token/{token}/api/v3/jobs");
        await StatusAsync(farm, "GET", $"/token/{token}/no/such/path");
        await StatusAsync(farm, "POST", $"/token/{token}/api/v3/jobs");
        await StatusAsync(farm, "POST", $"/token/{token}/api/v3/worker/register-worker", null, """{"name":"logged","secret":"s3cret","platform":"linux","supported_task_types":["misc"]}""");
        var log = Directory.GetFiles(System.IO.Path.Combine(farm.Data, "farm", "logs")).Single();
        string written;
        do
        {
            await using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            written = await reader.ReadToEndAsync();
        }
        while (!written.Contains("Worker logged", StringComparison.Ordinal));
        Assert.DoesNotContain(token, written);
    }

    [Fact]
    public async Task A_token_never_does_more_than_its_account()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var (accounts, tokens) = (farm.Service<FarmAccounts>(), farm.Service<Tokens>());
        var eve = await accounts.AddAsync(Caller.Farm, "eve", "correct horse", Role.Operator);
        var made = await tokens.MakeAsync(new Caller(Role.Operator, "", eve), "tool", Role.Operator, null, null);
        Assert.Equal(200, await StatusAsync(farm, "POST", "/api/v3/worker-mgt/tags", Bearer(made.Secret), """{"name":"gpu"}"""));

        await accounts.SetRoleAsync(Caller.Farm, eve.Id, Role.Artist);
        Assert.Equal(403, await StatusAsync(farm, "POST", "/api/v3/worker-mgt/tags", Bearer(made.Secret), """{"name":"big"}"""));
        Assert.Equal(200, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(made.Secret)));

        await accounts.RemoveAsync(Caller.Farm, eve.Id);
        Assert.Equal(401, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(made.Secret)));
        Assert.Empty(tokens.All(Caller.Farm));
    }

    [Fact]
    public async Task Nobody_makes_a_token_for_more_than_they_are_and_a_token_makes_none()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var ada = await farm.Service<FarmAccounts>().AddAsync(Caller.Farm, "ada", "correct horse", Role.Artist);
        var artist = new Caller(Role.Artist, "", ada);
        var tokens = farm.Service<Tokens>();
        Assert.Equal(ErrorKind.Forbidden, (await Assert.ThrowsAsync<FarmException>(() => tokens.MakeAsync(artist, "tool", Role.Operator, null, null))).Kind);
        var own = await tokens.MakeAsync(artist, "tool", Role.Artist, null, null);
        Assert.Equal(403, await StatusAsync(farm, "POST", "/api/farm/v1/tokens", Bearer(own.Secret), """{"name":"more","role":"artist"}"""));
        Assert.Equal(ErrorKind.Forbidden, (await Assert.ThrowsAsync<FarmException>(() => tokens.MakeAsync(new Caller(Role.Operator, "127.0.0.1"), "tool", Role.Viewer, null, null))).Kind);

        Assert.Equal(ErrorKind.Forbidden, (await Assert.ThrowsAsync<FarmException>(() => tokens.MakeAsync(artist, "nodes", Role.Worker, null, null))).Kind);

        // Somebody else's is neither seen nor removed.
        var other = await MakeAsync(farm, Role.Viewer);
        Assert.Single(tokens.All(artist));
        var others = tokens.All(Caller.Farm).Single(token => token.AccountId is null);
        Assert.Equal(ErrorKind.Forbidden, (await Assert.ThrowsAsync<FarmException>(() => tokens.RemoveAsync(artist, others.Id))).Kind);
        Assert.Equal(200, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(other)));
    }

    [Fact]
    public async Task An_expired_or_removed_token_is_nobodys_and_its_last_use_is_seen()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var tokens = farm.Service<Tokens>();
        var brief = await tokens.MakeAsync(Caller.Farm, "brief", Role.Viewer, null, TimeSpan.FromDays(1));
        var lasting = await tokens.MakeAsync(Caller.Farm, "lasting", Role.Viewer, null, null);
        Assert.Equal(200, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(brief.Secret)));
        await tokens.WriteUsesAsync();
        Assert.Equal(farm.Time.GetUtcNow().ToUnixTimeMilliseconds(), tokens.All(Caller.Farm).Single(token => token.Id == brief.Token.Id).LastUsedAt);
        Assert.Null(tokens.All(Caller.Farm).Single(token => token.Id == lasting.Token.Id).LastUsedAt);

        farm.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(401, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(brief.Secret)));
        Assert.Equal(200, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(lasting.Secret)));
        await tokens.RemoveAsync(Caller.Farm, lasting.Token.Id);
        Assert.Equal(401, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(lasting.Secret)));
    }

    [Fact]
    public async Task A_token_of_one_project_acts_in_no_other()
    {
        await using var farm = await TestFarm.StartAsync(access: AccessMode.Closed, security: LanClient.Security);
        var lead = await farm.PersonAsync("lead", administrator: true);
        var (shot, other) = (await farm.ProjectAsync(lead, "shot"), await farm.ProjectAsync(lead, "other"));
        var account = farm.Service<FarmAccounts>().All().Single(account => account.Username == "lead");
        var made = await farm.Service<Tokens>().MakeAsync(new Caller(account.Role, "", account), "build", Role.Administrator, shot, null);

        Assert.Equal(200, await StatusAsync(farm, "GET", $"/project/secret/{shot}", Bearer(made.Secret)));
        Assert.Equal(403, await StatusAsync(farm, "GET", $"/project/secret/{other}", Bearer(made.Secret)));
        Assert.Equal(200, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(made.Secret)));
        Assert.Equal(403, await StatusAsync(farm, "POST", "/api/v3/jobs", Bearer(made.Secret), "{}"));
        Assert.Equal(403, await StatusAsync(farm, "GET", "/api/farm/v1/accounts", Bearer(made.Secret)));
    }

    [Fact]
    public async Task The_API_makes_lists_and_removes_tokens_and_shows_the_secret_once()
    {
        await using var farm = await LanClient.StartFarmAsync(AccessMode.Closed);
        var administrator = Bearer((await File.ReadAllTextAsync(System.IO.Path.Combine(farm.Data, "farm", "administrator.token"))).Trim());
        var (status, made) = await SendAsync(farm, "POST", "/api/farm/v1/tokens", administrator, """{"name":"deploy","role":"operator","days":30}""");
        Assert.Equal(201, status);
        var secret = (string)JsonNode.Parse(made)!["secret"]!;
        Assert.StartsWith(Tokens.Prefix, secret);
        var (_, list) = await SendAsync(farm, "GET", "/api/farm/v1/tokens", administrator);
        Assert.DoesNotContain(secret, list);
        Snapshot.Verify(list);
        foreach (var bad in (string[])["""{"role":"operator"}""", """{"name":"x","role":"boss"}""", """{"name":"x","role":"operator","days":0}""", """{"name":"","role":"operator"}""", """{"name":"x","role":"artist","project":1}"""])
            Assert.Equal(400, await StatusAsync(farm, "POST", "/api/farm/v1/tokens", administrator, bad));
        var id = (long)JsonNode.Parse(list)!["tokens"]![0]!["id"]!;
        Assert.Equal(204, await StatusAsync(farm, "DELETE", $"/api/farm/v1/tokens/{id}", administrator));
        Assert.Equal(404, await StatusAsync(farm, "DELETE", $"/api/farm/v1/tokens/{id}", administrator));
        Assert.Equal(401, await StatusAsync(farm, "GET", "/api/v3/jobs", Bearer(secret)));
    }

    private static async Task<string> MakeAsync(TestFarm farm, Role role) => (await farm.Service<Tokens>().MakeAsync(Caller.Farm, "test", role, null, null)).Secret;

    private static (string Name, string Value) Bearer(string token) => ("Authorization", $"Bearer {token}");

    private static string Basic(string user, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));

    private static async Task<int> StatusAsync(TestFarm farm, string method, string path, (string Name, string Value)? header = null, string? body = null) =>
        (await SendAsync(farm, method, path, header, body)).Status;

    private static async Task<(int Status, string Text)> SendAsync(
        TestFarm farm, string method, string path, (string Name, string Value)? header = null, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Forwarded-For", Elsewhere);
        if (header is var (name, value)) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await farm.Client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
