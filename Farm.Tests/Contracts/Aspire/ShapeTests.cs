using System.Text.Json.Nodes;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>The JSON shapes of Contracts/Aspire/Contract.md, field by field. The clock stands still, so ids are always the same moments.</summary>
public sealed class ShapeTests : IAsyncLifetime
{
    private TestFarm _farm = null!;
    private string _seed = null!;

    public async Task InitializeAsync()
    {
        _farm = await AspireClient.FarmAsync(new BatchSettings { ForwardReleases = true });
        _seed = await _farm.SeedAsync(new { description = "News", connector = "demo", tags = new[] { "EU" }, batchSize = 2, priority = 60 });
        await _farm.CallAsync("POST", "/pushUpdates", $$$"""
            {"seedId":"{{{_seed}}}","documents":[{"url":"file:///a","metadata":{"size":7}},{"url":"file:///b","action":"delete","repItemType":"image"},{"url":"file:///c"}]}
            """);
    }

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task A_new_seed() => Verify(await _farm.CallAsync("POST", "/seeds", "{}"), 201);

    [Fact]
    public async Task A_seed()
    {
        await FetchedAsync();
        Verify(await _farm.CallAsync("GET", $"/seeds/{_seed}"));
    }

    [Fact]
    public async Task Pushed_documents() => Verify(await _farm.CallAsync("POST", "/pushUpdates", $$$"""{"seedId":"{{{_seed}}}","documents":[{"url":"x"},{"url":"y"}]}"""));

    [Fact]
    public async Task One_batch() => Verify(await _farm.CallAsync("GET", "/manager/batch?worker=w&tags=EU"));

    [Fact]
    public async Task Several_batches() => Verify(await _farm.CallAsync("GET", "/manager/batch?worker=w&tags=EU&batches=3"));

    [Fact]
    public async Task No_batch_available() => Verify(await _farm.CallAsync("GET", "/manager/batch?worker=w"));

    [Fact]
    public async Task No_batches_available() => Verify(await _farm.CallAsync("GET", "/manager/batch?worker=w&batches=3"));

    [Fact]
    public async Task An_acknowledged_batch() => Verify(await _farm.CallAsync("PUT", $"/manager/batch/ack/{await FetchedAsync()}"));

    [Fact]
    public async Task A_completed_batch() => Verify(await _farm.CallAsync("PUT", $"/manager/batch/complete/{await FetchedAsync()}"));

    [Fact]
    public async Task A_failed_batch() => Verify(await _farm.CallAsync("PUT", $"/manager/batch/fail/{await FetchedAsync()}"));

    [Fact]
    public async Task A_released_worker()
    {
        await FetchedAsync();
        Verify(await _farm.CallAsync("PUT", "/manager/release/worker/w"));
    }

    [Fact]
    public async Task A_released_seed()
    {
        await FetchedAsync();
        Verify(await _farm.CallAsync("PUT", $"/manager/release/seed/{_seed}"));
    }

    [Fact]
    public async Task A_paused_seed() => Verify(await _farm.CallAsync("PUT", $"/seeds/{_seed}/pause"));

    [Fact]
    public async Task A_resumed_seed()
    {
        await _farm.CallAsync("PUT", $"/seeds/{_seed}/pause");
        Verify(await _farm.CallAsync("PUT", $"/seeds/{_seed}/resume"));
    }

    [Fact]
    public async Task A_stopped_seed() => Verify(await _farm.CallAsync("PUT", $"/seeds/{_seed}/stop"));

    [Fact]
    public async Task A_worker_that_registered_its_url() => Verify(await _farm.CallAsync("POST", "/manager/worker", """{"id":"w","address":"http://127.0.0.1:9"}"""));

    [Fact]
    public async Task Some_unknown_ids() =>
        Verify(await _farm.CallAsync("PUT", "/manager/batch/ack", $$"""{"id":["{{await FetchedAsync()}}","AAABcIueWUc="]}"""));

    [Fact]
    public async Task An_error() => Verify(await _farm.CallAsync("PUT", "/manager/batch/ack/AAABcIueWUc="), 404);

    private async Task<string> FetchedAsync() => (await _farm.FetchAsync("w", "&tags=EU")).Id();

    private static void Verify(
        (int Status, JsonObject Body) answer, int status = 200, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        Assert.Equal(status, answer.Status);
        Snapshot.Verify(answer.Body, test: test);
    }
}
