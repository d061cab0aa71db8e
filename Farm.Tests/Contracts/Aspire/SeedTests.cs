using System.Text.Json.Nodes;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md section 6: seeds and what is pushed to them.</summary>
public sealed class SeedTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Pushed_documents_are_handed_out_unchanged()
    {
        var seed = await _farm.SeedAsync();
        var (_, pushed) = await _farm.CallAsync("POST", "/pushUpdates", $$$"""
            {"seedId":"{{{seed}}}","more":1,"documents":[
              {"url":"file:///a?b=c&d=%2F+e","action":"delete","repItemType":"image","metadata":{"a":{"b":[1,null,"\u00e4 \"+\""]}},"more":2},
              {"url":"file:///b","action":"update"}]}
            """);

        var entries = (await _farm.FetchAsync("a"))["entry"]!.AsArray();
        Assert.Equal(pushed["documents"]!.AsArray().Select(document => (string)document!["pushQueueId"]!), entries.Select(entry => (string)entry!["_id"]!));
        Assert.Equal(("file:///a?b=c&d=%2F+e", "delete", "image"), ((string)entries[0]!["url"]!, (string)entries[0]!["action"]!, (string)entries[0]!["type"]!));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"a":{"b":[1,null,"ä \"+\""]}}"""), entries[0]!["metadata"]));
        Assert.Equal(("update", "item"), ((string)entries[1]!["action"]!, (string)entries[1]!["type"]!));
    }

    [Fact]
    public async Task A_single_document_needs_no_list()
    {
        var seed = await _farm.SeedAsync();

        Assert.Equal(200, (await _farm.CallAsync("POST", "/pushUpdates", $$$"""{"seedId":"{{{seed}}}","documents":{"url":"u"}}""")).Status);
        Assert.Equal(["u"], (await _farm.FetchAsync("a")).Urls());
    }

    [Fact]
    public async Task More_documents_than_a_slice_holds_keep_their_order_and_their_ids()
    {
        var seed = await _farm.SeedAsync(new { batchSize = 1000 });
        var ids = await _farm.PushAsync(seed, 1203);

        var batches = await _farm.FetchAllAsync("a");
        Assert.Equal(ids, batches.SelectMany(batch => batch["entry"]!.AsArray()).Select(entry => (string)entry!["_id"]!));
        Assert.Equal(Enumerable.Range(0, 1203).Select(i => $"file:///{i}"), batches.SelectMany(batch => batch.Urls()));
        Assert.Equal(1203, ids.Distinct().Count());
    }

    [Fact]
    public async Task Ids_are_timestamps_and_unique_even_when_the_clock_stands_still()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            var seed = await _farm.SeedAsync();
            ids.Add(seed);
            ids.AddRange(await _farm.PushAsync(seed, 3));
            ids.Add((await _farm.FetchAsync("a")).Id());
        }

        var now = _farm.Time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal(Enumerable.Range(0, 15).Select(i => TimestampId.Text(now + i)), ids);
    }

    [Fact]
    public async Task A_paused_seed_hands_out_nothing_and_resumes_where_it_stopped()
    {
        var seed = await _farm.FilledAsync(3, new { batchSize = 1 });
        var batch = await _farm.FetchAsync("a");
        await _farm.TellAsync("ack", batch);
        for (var i = 0; i < 2; i++) Assert.Equal(200, (await _farm.CallAsync("PUT", $"/seeds/{seed}/pause")).Status);

        Assert.Empty(await _farm.FetchAllAsync("a"));
        Assert.Equal("pausing", await StateAsync(seed));
        Assert.Equal(200, await _farm.TellAsync("complete", batch));
        Assert.Equal("paused", await StateAsync(seed));
        await _farm.PushAsync(seed, 1);
        Assert.Equal((3, 0, 1, 0), await _farm.ItemsAsync(seed));
        for (var i = 0; i < 2; i++) Assert.Equal(200, (await _farm.CallAsync("PUT", $"/seeds/{seed}/resume")).Status);
        Assert.Equal("running", await StateAsync(seed));
        Assert.Equal(3, (await _farm.FetchAllAsync("a")).Count);
    }

    [Fact]
    public async Task A_stopped_seed_accepts_and_hands_out_nothing_until_it_is_resumed()
    {
        var seed = await _farm.FilledAsync(3, new { batchSize = 1 });
        var (done, held) = (await _farm.FetchAsync("a"), await _farm.FetchAsync("a"));
        await _farm.TellAsync("complete", done);
        for (var i = 0; i < 2; i++) Assert.Equal(200, (await _farm.CallAsync("PUT", $"/seeds/{seed}/stop")).Status);

        Assert.Equal("stopped", await StateAsync(seed));
        Assert.Equal(404, await _farm.TellAsync("complete", held));
        Assert.Empty(await _farm.FetchAllAsync("a"));
        Assert.Equal(406, (await _farm.CallAsync("POST", "/pushUpdates", $$$"""{"seedId":"{{{seed}}}","documents":[{"url":"u"}]}""")).Status);
        Assert.Equal(406, (await _farm.CallAsync("PUT", $"/seeds/{seed}/pause")).Status);
        Assert.Equal((0, 0, 1, 2), await _farm.ItemsAsync(seed));
        Assert.Equal(200, (await _farm.CallAsync("PUT", $"/seeds/{seed}/resume")).Status);
        Assert.Equal((2, 0, 1, 0), await _farm.ItemsAsync(seed));
        Assert.Equal(2, (await _farm.FetchAllAsync("a")).Count);
    }

    [Fact]
    public async Task A_seed_whose_entries_are_all_done_stays_open()
    {
        var seed = await _farm.FilledAsync(1);
        await _farm.TellAsync("complete", await _farm.FetchAsync("a"));

        Assert.Equal("running", await StateAsync(seed));
        await _farm.PushAsync(seed, 1);
        Assert.Single(await _farm.FetchAllAsync("a"));
    }

    [SqliteFact]
    public async Task A_push_fails_on_a_full_disk_and_changes_nothing()
    {
        var seed = await _farm.FilledAsync(1);
        await _farm.FillDiskAsync();
        var documents = string.Join(",", Enumerable.Range(0, 400).Select(i => $$"""{"url":"{{new string('u', 500)}}{{i}}"}"""));

        Assert.Equal(503, (await _farm.CallAsync("POST", "/pushUpdates", $$$"""{"seedId":"{{{seed}}}","documents":[{{{documents}}}]}""")).Status);
        await _farm.FreeDiskAsync();
        Assert.Equal((1, 0, 0, 0), await _farm.ItemsAsync(seed));
    }

    [Fact]
    public async Task A_deleted_seed_and_its_batches_are_removed_completely()
    {
        var seed = await _farm.FilledAsync(3, new { batchSize = 1, connector = "c" });
        var batch = await _farm.FetchAsync("a");
        using var deleted = await _farm.Client.DeleteAsync($"/api/v3/jobs/{_farm.JobOf(seed)}");

        Assert.Equal(404, await _farm.TellAsync("ack", batch));
        Assert.Equal(404, (await _farm.CallAsync("GET", $"/seeds/{seed}")).Status);
        Assert.Empty(await _farm.FetchAllAsync("a"));
        await _farm.Service<BulkUpdateService>().DrainAsync();
        Assert.Equal(404, (await _farm.CallAsync("GET", "/manager/batch?worker=a&connector=c")).Status);
        Assert.Equal(0, _farm.Service<FarmStore>().Read(db => db.Number("SELECT (SELECT count(*) FROM batches) + (SELECT count(*) FROM seeds) + (SELECT count(*) FROM jobs)")));
    }

    private async Task<string> StateAsync(string seed) => (string)(await _farm.CallAsync("GET", $"/seeds/{seed}")).Body["seed"]!["crawl"]!["state"]!;
}
