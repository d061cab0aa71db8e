using Farm.Server.Domain.Access;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Workers (Contracts/TaskTracker/Contract.md sections 2.1, 4.1 and 7).</summary>
public sealed class WorkerTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    private readonly TestFarm _farm = shared.Farm;

    [Fact]
    public async Task Anybody_can_register_a_worker_and_its_secret_is_returned_once()
    {
        var worker = (await CreateAsync("""{"alias":"node-7"}""")).Good().Content["worker"]!.AsObject();
        Assert.Equal(("node-7", false), ((string?)worker["alias"], (bool)worker["paused"]!));
        Assert.Equal(32, Convert.FromBase64String((string)worker["secret"]!).Length);
        Assert.Equal(_farm.Time.GetUtcNow().ToUnixTimeSeconds(), (long)worker["created"]!);
        var read = (await _farm.CallAsync("GET", $"/worker/get/{worker["id"]}")).Good().Content["worker"]!.AsObject();
        Assert.True(read.ContainsKey("secret") && read["secret"] is null);
        var stored = _farm.Service<FarmStore>().Read(db => WorkerTable.SecretHash(db, (long)worker["id"]!));
        Assert.DoesNotContain((string)worker["secret"]!, stored);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"alias":""}""")]
    [InlineData("""{"alias":null}""")]
    public async Task A_worker_without_an_alias_gets_the_default(string body)
    {
        if (body.Length == 0)
        {
            (await CreateAsync(body)).Refused(400);
            return;
        }

        Assert.Equal("default_alias", (string?)(await CreateAsync(body)).Good().Content["worker"]!["alias"]);
    }

    [Theory]
    [InlineData("""{"alias":"unassigned"}""", 403)]
    [InlineData("""{"alias":7}""", 400)]
    [InlineData("""{"alias":"a\u0000b"}""", 400)]
    [InlineData("""{"alias":"a"} x""", 400)]
    [InlineData("nonsense", 400)]
    public async Task An_invalid_worker_is_rejected(string body, int status) => (await CreateAsync(body)).Refused(status);

    [Fact]
    public async Task A_name_that_is_too_long_is_refused() => (await CreateAsync($$"""{"alias":"{{new string('x', 201)}}"}""")).Refused(400);

    [Fact]
    public async Task Names_need_not_be_unique_and_invalid_headers_are_ignored()
    {
        await CreateAsync("""{"alias":"twin"}""");
        var answer = await _farm.CallAsync("POST", "/worker/create", """{"alias":"twin"}""", null, ("X-Worker-ID", "None"), ("X-Secret", "None"));
        Assert.Equal("twin", (string?)answer.Good().Content["worker"]!["alias"]);
    }

    [Fact]
    public async Task A_worker_can_change_or_remove_its_alias()
    {
        var worker = await _farm.TrackerWorkerAsync("before");
        (await _farm.CallAsync("POST", "/worker/update", """{"alias":"after"}""", worker)).Good();
        Assert.Equal("after", (string?)(await GetAsync(worker))["alias"]);
        (await _farm.CallAsync("POST", "/worker/update", "{}", worker)).Good();
        Assert.False((await GetAsync(worker)).AsObject().ContainsKey("alias"));
        (await _farm.CallAsync("POST", "/worker/update", """{"alias":"unassigned"}""", worker)).Refused(403);
        (await _farm.CallAsync("POST", "/worker/update", "[]", worker)).Refused(400);
    }

    /// <summary>The statuses of a worker that is none, route by route.</summary>
    [Theory]
    [InlineData("POST", "/worker/update", 401)]
    [InlineData("POST", "/task/submit", 401)]
    [InlineData("POST", "/task/bulk_submit", 401)]
    [InlineData("GET", "/task/get/1", 403)]
    [InlineData("GET", "/task/get/nonsense", 403)]
    [InlineData("POST", "/task/release", 403)]
    public async Task Missing_worker_credentials_are_rejected_first(string method, string path, int status)
    {
        var worker = await _farm.TrackerWorkerAsync("node");
        var (id, secret) = worker.Worker!.Value;
        var another = await _farm.RegisterAsync("flamenco");
        foreach (var (name, key) in new[]
        {
            ("", secret), ($"{id}", ""), ("nonsense", secret), ($"{id + 1000}", secret), ("99999999999999999999", secret), ($"-{id}", secret),
            ($"{id}", Convert.ToBase64String(new byte[32])), ($"{id}", secret[..40]), ($"{id}", secret + "AAAA"), ($"{id}", new string('A', 4000)),
            ($"{id}", secret.TrimEnd('=')), ("None", "None"), ($"{NumberOf(another.Id)}", "0123456789abcdef"),
        })
        {
            var headers = new[] { ("X-Worker-ID", name), ("X-Secret", key) }.Where(header => header.Item2.Length > 0).ToArray();
            (await _farm.CallAsync(method, path, method == "POST" ? "nonsense" : null, null, headers)).Refused(status);
        }
    }

    [Fact]
    public async Task Only_an_administrator_can_pause_workers()
    {
        var worker = await _farm.TrackerWorkerAsync("node");
        var body = $$"""{"worker":{{worker.Worker!.Value.Id}},"paused":true}""";
        (await _farm.CallAsync("POST", "/worker/set_paused", body)).Refused(403);
        (await _farm.CallAsync("POST", "/worker/set_paused", body, worker)).Refused(403);
        (await _farm.CallAsync("POST", "/worker/set_paused", body, await _farm.PersonAsync("somebody"))).Refused(403);
        var admin = await _farm.PersonAsync("admin", administrator: true);
        (await _farm.CallAsync("POST", "/worker/set_paused", """{"worker":99999,"paused":true}""", admin)).Refused(400);
        (await _farm.CallAsync("POST", "/worker/set_paused", """{"worker":"1"}""", admin)).Refused(400);
        (await _farm.CallAsync("POST", "/worker/set_paused", $$"""{"worker":{{NumberOf((await _farm.RegisterAsync()).Id)}},"paused":true}""", admin)).Refused(400);
        (await _farm.CallAsync("POST", "/worker/set_paused", body, admin)).Good();
        Assert.True((bool)(await GetAsync(worker))["paused"]!);
    }

    [Theory]
    [InlineData("0", 400)]
    [InlineData("-1", 400)]
    [InlineData("nonsense", 400)]
    [InlineData("99999", 404)]
    [InlineData("2147483648", 404)]
    [InlineData("99999999999999999999", 404)]
    public async Task An_unknown_worker_is_404(string id, int status) => (await _farm.CallAsync("GET", $"/worker/get/{id}")).Refused(status);

    [Fact]
    public async Task Workers_of_other_protocols_are_unknown()
    {
        var other = await _farm.RegisterAsync("flamenco");
        (await _farm.CallAsync("GET", $"/worker/get/{NumberOf(other.Id)}")).Refused(404);
        var stats = (await _farm.CallAsync("GET", "/worker/stats")).Good().Content["stats"]!.AsArray();
        Assert.DoesNotContain(stats, entry => (string?)entry!["alias"] == "flamenco");
    }

    [Fact]
    public async Task A_deleted_worker_is_unknown()
    {
        var worker = await _farm.TrackerWorkerAsync("node");
        var uuid = _farm.Service<FarmStore>().Read(db => WorkerTable.ById(db, worker.Worker!.Value.Id))!.Uuid;
        await _farm.Service<WorkerRegistry>().RemoveAsync(Caller.Farm, uuid);
        (await _farm.AskAsync(worker, 1)).Refused(403);
        (await _farm.CallAsync("GET", $"/worker/get/{worker.Worker!.Value.Id}")).Refused(404);
    }

    [Fact]
    public async Task A_generated_secret_works_with_protocols_that_choose_secrets()
    {
        var worker = await _farm.TrackerWorkerAsync("node");
        var uuid = _farm.Service<FarmStore>().Read(db => WorkerTable.ById(db, worker.Worker!.Value.Id))!.Uuid;
        Assert.Null(await _farm.Service<WorkerAuthentication>().CheckAsync(uuid, "0123456789abcdef"));
        Assert.NotNull(await _farm.Service<WorkerAuthentication>().CheckAsync(uuid, worker.Worker!.Value.Secret));
    }

    private long NumberOf(string uuid) => _farm.Service<FarmStore>().Read(db => WorkerTable.ByUuid(db, Guid.Parse(uuid)))!.Id;

    private Task<TrackerAnswer> CreateAsync(string body) => _farm.CallAsync("POST", "/worker/create", body);

    private async Task<System.Text.Json.Nodes.JsonNode> GetAsync(TrackerCaller worker) =>
        (await _farm.CallAsync("GET", $"/worker/get/{worker.Worker!.Value.Id}")).Good().Content["worker"]!;
}
