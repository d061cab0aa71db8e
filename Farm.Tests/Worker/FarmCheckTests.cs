using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Operations.Managers;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker;

/// <summary>A worker sends its secret only to the farm that it registered with.</summary>
public sealed class FarmCheckTests : IAsyncLifetime
{
    private const string Register = "POST /worker/register-worker";
    private const string OtherFarm = "00112233445566778899aabbccddeeff";

    private readonly TestDirectory _directory = new();
    private TestFarm _farm = null!;
    private FakeManager _other = null!;

    public async Task InitializeAsync()
    {
        _farm = await TestFarm.StartAsync(clock: TimeProvider.System);
        _other = await FakeManager.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        await _other.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Registration_stores_the_identity_and_the_worker_signs_on_again_after_the_farm_proved_itself()
    {
        await RunAtFarmAsync();
        var first = Stored();
        Assert.Equal(await _farm.Service<FarmIdentity>().ReadAsync(), (string?)first["farm"]);

        await RunAtFarmAsync();
        Assert.Equal(first.ToJsonString(), Stored().ToJsonString());
        Assert.Single(await WorkersAsync());
    }

    [Theory]
    [InlineData(404, null)]
    [InlineData(200, $$"""{"id":"{{OtherFarm}}"}""")]
    [InlineData(200, "no JSON")]
    public async Task Another_farm_gets_new_credentials_and_never_the_old_ones_which_stay_valid(int status, string? identity)
    {
        await RunAtFarmAsync();
        var first = Stored();
        _other.Script = request => request.What.StartsWith("GET /api/farm/v1/identity") ? new(status, identity) : null;

        await RunAtOtherAsync();
        AssertNothingSent(first);
        Assert.Single(_other.Requests, request => request.What == Register);

        await RunAtFarmAsync();
        Assert.Equal(first.ToJsonString(), Stored().ToJsonString());
        Assert.Single(await WorkersAsync());
    }

    [Fact]
    public async Task Who_claims_to_be_the_farm_but_does_not_know_the_secret_does_not_get_it()
    {
        await RunAtFarmAsync();
        var first = Stored();
        var claim = new JsonObject { ["id"] = first["farm"]!.DeepClone(), ["iterations"] = 1, ["salt"] = "AAAA", ["proof"] = new string('0', 64) };
        _other.Script = request => request.What.StartsWith("GET /api/farm/v1/identity") ? new(200, claim.ToJsonString()) : null;

        var log = await RunAtOtherAsync();
        AssertNothingSent(first);
        Assert.Contains(log, line => line.Contains("is not the farm that it says it is"));
    }

    [Fact]
    public async Task Back_at_the_first_farm_the_worker_is_the_same()
    {
        await RunAtFarmAsync();
        var first = Stored();
        await using var second = await TestFarm.StartAsync(clock: TimeProvider.System);
        await RunAsync(second.Client.BaseAddress!);
        Assert.NotEqual(first["uuid"]!.ToString(), Stored()["uuid"]!.ToString());
        await RunAtFarmAsync();
        Assert.Equal(first.ToJsonString(), Stored().ToJsonString());
        Assert.Single(await WorkersAsync());
    }

    [Fact]
    public async Task Credentials_of_an_older_worker_learn_the_identity_at_sign_on()
    {
        await RunAtFarmAsync();
        var older = Stored();
        older.Remove("farm");
        await File.WriteAllTextAsync(_directory.File("state/credentials.json"), older.ToJsonString());
        await RunAtFarmAsync();
        Assert.Equal(await _farm.Service<FarmIdentity>().ReadAsync(), (string?)Stored()["farm"]);
        Assert.Single(await WorkersAsync());
    }

    [Fact]
    public async Task The_identity_is_in_the_database_and_the_same_for_every_manager()
    {
        var id = await _farm.Service<FarmIdentity>().ReadAsync();
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal(id, await new FarmIdentity(_farm.Service<FarmStore>()).ReadAsync());
        Assert.Equal(id, (string?)(await _farm.GetAsync("/api/farm/v1/identity"))["id"]);
        using var bad = await _farm.Client.GetAsync("/api/farm/v1/identity?worker=x&nonce=short");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, bad.StatusCode);
    }

    private void AssertNothingSent(JsonObject credentials)
    {
        Assert.NotEmpty(_other.Requests);
        Assert.All(_other.Requests, request =>
        {
            Assert.NotEqual(credentials["uuid"]!.ToString(), request.User);
            Assert.DoesNotContain(credentials["secret"]!.ToString(), request.Text);
        });
    }

    private JsonObject Stored() => JsonNode.Parse(File.ReadAllText(_directory.File("state/credentials.json"), Encoding.UTF8))!.AsObject();

    private async Task<JsonArray> WorkersAsync() => (await _farm.GetAsync("/api/v3/worker-mgt/workers"))["workers"]!.AsArray();

    private Task RunAtFarmAsync() => RunAsync(_farm.Client.BaseAddress!);

    private Task<IReadOnlyCollection<string>> RunAtOtherAsync() => RunAsync(_other.Address);

    /// <summary>Runs the worker until it is awake.</summary>
    private async Task<IReadOnlyCollection<string>> RunAsync(Uri manager)
    {
        await using var worker = WorkerFixture.Start(WorkerFixture.Options(_other, _directory) with { Manager = manager });
        await worker.WaitForLogAsync("Signed on to");
        return worker.Log;
    }
}
