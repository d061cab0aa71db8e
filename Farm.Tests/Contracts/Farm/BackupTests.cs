using System.Net;
using System.Text.Json.Nodes;
using Farm.Server.Operations.Backups;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Farm;

/// <summary>Contracts/Farm/Contract.md section 2: backups over HTTP.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private const string Backups = "/api/farm/v1/backups";

    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [SqliteFact]
    public async Task A_backup_is_made_listed_verified_restored_and_removed()
    {
        var made = await SendAsync(HttpMethod.Post, Backups, HttpStatusCode.Created, new { with = new[] { "settings" } });
        var name = (string)made!["name"]!;
        Assert.Equal(["name", "file", "created", "bytes", "with", "verified", "problem", "verifying"], made.AsObject().Select(entry => entry.Key));
        Assert.Equal(("farm-20260105-100000-000", true, null, false), (name, Directory.Exists((string)made["file"]!), (string?)made["problem"], (bool)made["verifying"]!));
        Assert.True(JsonNode.DeepEquals(made, Assert.Single((await ListAsync())["backups"]!.AsArray())));

        _farm.Time.Advance(TimeSpan.FromMinutes(1));
        await SendAsync(HttpMethod.Post, $"{Backups}/{name}/verify", HttpStatusCode.Accepted);
        // Joins the check if it is still under way.
        Assert.Null((await _farm.Service<FarmBackups>().VerifyAsync(Server.Domain.Access.Caller.Farm, name)).Problem);
        Assert.Equal(_farm.Time.GetUtcNow(), (DateTimeOffset)(await ListAsync())["backups"]![0]!["verified"]!);

        Assert.Equal($$"""{"name":"{{name}}","restarts":false}""", (await SendAsync(HttpMethod.Post, $"{Backups}/{name}/restore", HttpStatusCode.Accepted))!.ToJsonString());
        Assert.Equal(name, (string?)(await ListAsync())["restore"]);
        await SendAsync(HttpMethod.Post, $"{Backups}/{name}/restore", HttpStatusCode.Conflict);
        await SendAsync(HttpMethod.Delete, $"{Backups}/{name}", HttpStatusCode.Conflict);
        await SendAsync(HttpMethod.Delete, "/api/farm/v1/restore", HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Delete, "/api/farm/v1/restore", HttpStatusCode.Conflict);

        await SendAsync(HttpMethod.Delete, $"{Backups}/{name}", HttpStatusCode.NoContent);
        await SendAsync(HttpMethod.Delete, $"{Backups}/{name}", HttpStatusCode.NotFound);
        Assert.Equal("""{"backups":[],"restore":null,"restored":null}""", (await ListAsync()).ToJsonString());
    }

    [SqliteFact]
    public async Task Without_a_body_the_settings_say_what_a_backup_holds()
    {
        var made = await SendAsync(HttpMethod.Post, Backups, HttpStatusCode.Created);
        Assert.Equal("""["settings"]""", made!["with"]!.ToJsonString());
        _farm.Time.Advance(TimeSpan.FromSeconds(1));
        var copy = await SendAsync(HttpMethod.Post, "/api/farm/v1/backup", HttpStatusCode.OK);
        Assert.Equal((long)copy!["bytes"]!, new FileInfo((string)copy["file"]!).Length);
    }

    [SqliteFact]
    public async Task Malformed_requests_are_refused()
    {
        await SendAsync(HttpMethod.Post, Backups, HttpStatusCode.BadRequest, new { with = new[] { "everything" } });
        await SendAsync(HttpMethod.Post, Backups, HttpStatusCode.BadRequest, new { with = "settings" });
        await SendAsync(HttpMethod.Post, Backups, HttpStatusCode.BadRequest, new { with = new string?[] { null } });
        await SendAsync(HttpMethod.Post, $"{Backups}/..%2Ffarm.db/verify", HttpStatusCode.NotFound);
        await SendAsync(HttpMethod.Post, $"{Backups}/..%2F..%2Fetc/restore", HttpStatusCode.NotFound);
    }

    [SqliteFact]
    public async Task A_disk_that_cannot_be_written_is_503()
    {
        await File.WriteAllTextAsync(Path.Combine(_farm.Data, "farm", "backups"), "in the way");
        await SendAsync(HttpMethod.Post, Backups, HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("GET", "backups")]
    [InlineData("POST", "backups")]
    [InlineData("POST", "backups/a/verify")]
    [InlineData("POST", "backups/a/restore")]
    [InlineData("DELETE", "backups/a")]
    [InlineData("DELETE", "restore")]
    public async Task Only_administrators_may(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/farm/v1/{path}");
        using var answer = await _farm.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    private async Task<JsonObject> ListAsync() => (await SendAsync(HttpMethod.Get, Backups, HttpStatusCode.OK))!.AsObject();

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, HttpStatusCode status, object? body = null)
    {
        using var answer = await _farm.AsAdministratorAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == answer.StatusCode, $"{answer.StatusCode} {text}");
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }
}
