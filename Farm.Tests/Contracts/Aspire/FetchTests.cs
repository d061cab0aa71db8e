using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md sections 2.2, 3.2 and 5.1.</summary>
public sealed class FetchTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Entries_of_a_seed_are_handed_out_once_in_order()
    {
        var seed = await _farm.FilledAsync(5, new { batchSize = 2 });
        await _farm.PushAsync(seed, 2, "late:");

        Assert.Equal(["file:///0", "file:///1"], (await _farm.FetchAsync("a")).Urls());
        Assert.Equal(["file:///2", "file:///3"], (await _farm.FetchAsync("b")).Urls());
        Assert.Equal(["file:///4", "late:0"], (await _farm.FetchAsync("a")).Urls());
        Assert.Equal(["late:1"], (await _farm.FetchAsync("a")).Urls());
        Assert.Empty(await _farm.FetchAllAsync("a"));
        Assert.Equal((0, 7, 0, 0), await _farm.ItemsAsync(seed));
    }

    [Fact]
    public async Task A_batch_holds_entries_of_one_seed_only_and_seeds_take_turns()
    {
        var seeds = new[] { await _farm.FilledAsync(4, new { batchSize = 2 }), await _farm.FilledAsync(6, new { batchSize = 3 }), await _farm.FilledAsync(4, new { batchSize = 2 }) };

        var sent = await _farm.FetchAllAsync("a");

        Assert.Equal([.. seeds, .. seeds], sent.Select(batch => (string)batch["seed"]!));
        Assert.Equal([2, 3, 2, 2, 3, 2], sent.Select(batch => batch.Urls().Length));
        Assert.Equal(6, sent.Select(batch => batch.Id()).Distinct().Count());
    }

    [Fact]
    public async Task The_least_recently_served_seed_is_next_even_before_newer_ones()
    {
        var first = await _farm.FilledAsync(3, new { batchSize = 1 });
        await _farm.FetchAsync("a");
        var second = await _farm.FilledAsync(3, new { batchSize = 1 });

        var turns = new List<string>();
        for (var i = 0; i < 4; i++) turns.Add((string)(await _farm.FetchAsync("a"))["seed"]!);
        Assert.Equal([second, first, second, first], turns);
    }

    [Fact]
    public async Task A_higher_priority_goes_first_regardless_of_turns()
    {
        var low = await _farm.FilledAsync(1, new { priority = 10 });
        var high = await _farm.FilledAsync(2, new { priority = 90, batchSize = 1 });

        Assert.Equal([high, high, low], (await _farm.FetchAllAsync("a")).Select(batch => (string)batch["seed"]!));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("EU", "", false)]
    [InlineData("", "&tags=EU", false)]
    [InlineData("EU", "&tags=EU", true)]
    [InlineData("EU,US", "&tags=x,%20US%20", true)]
    [InlineData("EU,US", "&tags=x&tags=EU", true)]
    [InlineData(" EU ", "&tags=EU", true)]
    [InlineData("EU", "&tags=eu", false)]
    [InlineData("EU", "&tags=E,U", false)]
    [InlineData("EU", "&tags=", false)]
    [InlineData("", "&tags=%20,", true)]
    public async Task A_batch_goes_only_to_a_worker_whose_tags_match(string seed, string worker, bool gets)
    {
        await _farm.FilledAsync(1, new { tags = seed });

        Assert.Equal(gets ? 1 : 0, (await _farm.FetchAllAsync("a", worker)).Count);
    }

    [Fact]
    public async Task A_seed_with_several_tags_hands_out_each_entry_once_to_a_worker_that_names_them_all()
    {
        await _farm.FilledAsync(3, new { tags = new[] { "EU", "US", "gpu" }, batchSize = 1 });

        var urls = (await _farm.FetchAllAsync("a", "&tags=gpu,EU,US&batches=9")).SelectMany(batch => batch.Urls());
        Assert.Equal(["file:///0", "file:///1", "file:///2"], urls);
    }

    [Fact]
    public async Task A_fetch_can_filter_by_type_and_connector()
    {
        var scan = await _farm.FilledAsync(1, new { type = "scan", connector = "disk" });
        var process = await _farm.FilledAsync(1, new { type = "process", connector = "web" });

        Assert.Empty(await _farm.FetchAllAsync("a", "&type=scan&connector=web"));
        var batch = await _farm.FetchAsync("a", "&type=scan");
        Assert.Equal((scan, "scan", true, false), ((string)batch["seed"]!, (string)batch["type"]!, (bool)batch["entry"]![0]!["shouldScan"]!, (bool)batch["entry"]![0]!["shouldProcess"]!));
        Assert.Equal(process, (string)(await _farm.FetchAsync("a", "&connector=web"))["seed"]!);
        Assert.Equal(404, (await _farm.CallAsync("GET", "/manager/batch?worker=a&connector=none")).Status);
    }

    [Fact]
    public async Task A_fetch_respects_the_numbers_of_batches_and_entries()
    {
        await _farm.FilledAsync(30, new { batchSize = 4 });

        Assert.Equal([4, 4], (await _farm.FetchAllAsync("a", "&batches=2")).Select(batch => batch.Urls().Length));
        Assert.Equal([4, 3], (await _farm.FetchAllAsync("a", "&batches=5&items=7")).Select(batch => batch.Urls().Length));
        Assert.Equal([1], (await _farm.FetchAllAsync("a", "&items=1")).Select(batch => batch.Urls().Length));
        Assert.Equal([4, 4, 4, 2], (await _farm.FetchAllAsync("a", "&batches=99999999999999999999")).Select(batch => batch.Urls().Length));
    }

    [Fact]
    public async Task A_fetch_returns_at_most_a_thousand_batches()
    {
        await _farm.FilledAsync(1005, new { batchSize = 1 });

        Assert.Equal(1000, (await _farm.FetchAllAsync("a", "&batches=5000")).Count);
        Assert.Equal(5, (await _farm.FetchAllAsync("a", "&batches=5000")).Count);
    }

    [Fact]
    public async Task Parameters_come_from_the_query_before_a_body()
    {
        await _farm.FilledAsync(9, new { batchSize = 1, tags = "EU" });

        var (_, body) = await _farm.CallAsync("GET", "/manager/batch?batches=2", """{"batches":5,"worker":"from-body","tags":["EU"],"items":"3"}""");
        Assert.Equal(2, body["batch"]!.AsArray().Count);
        Assert.Equal(200, (await _farm.CallAsync("PUT", "/manager/release/worker/from-body")).Status);
        Assert.Equal(3, (await _farm.CallAsync("GET", "/manager/batch", """{"batches":5,"items":3,"tags":"EU"}""")).Body["batch"]!.AsArray().Count);
        Assert.Empty((await _farm.CallAsync("GET", "/manager/batch?tags=", """{"batches":5,"tags":"EU"}""")).Body["batch"]!.AsArray());
    }

    [Fact]
    public async Task A_worker_without_an_id_is_named_by_its_credentials_or_address()
    {
        await _farm.CallAsync("GET", "/manager/batch", headers: $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("node-7:secret"))}\r\n");
        Assert.Equal(200, (await _farm.CallAsync("PUT", "/manager/release/worker/node-7")).Status);
        Assert.Equal(404, (await _farm.CallAsync("PUT", "/manager/release/worker/127.0.0.1")).Status);

        await _farm.CallAsync("GET", "/manager/batch");
        Assert.Equal(200, (await _farm.CallAsync("PUT", "/manager/release/worker/127.0.0.1")).Status);
        Assert.Equal(406, (await _farm.CallAsync("GET", $"/manager/batch?worker={new string('x', 256)}")).Status);
    }

    [Fact]
    public async Task Without_a_number_the_batch_is_one_object_or_absent_and_with_one_it_is_a_list()
    {
        await _farm.FilledAsync(2, new { batchSize = 1 });

        Assert.IsType<JsonObject>((await _farm.CallAsync("GET", "/manager/batch?worker=a")).Body["batch"]);
        Assert.Single((await _farm.CallAsync("GET", "/manager/batch?worker=a&batches=1")).Body["batch"]!.AsArray());
        Assert.False((await _farm.CallAsync("GET", "/manager/batch?worker=a")).Body.ContainsKey("batch"));
        Assert.Empty((await _farm.CallAsync("GET", "/manager/batch?worker=a&batches=1")).Body["batch"]!.AsArray());
    }

    [SqliteFact]
    public async Task Finding_the_next_seed_costs_the_same_for_any_number_of_seeds()
    {
        var store = _farm.Service<FarmStore>();
        foreach (var (column, index) in new[] { ("", "stages_in_turn"), (" AND connector = 'c'", "stages_in_turn_of_connector") })
        {
            var plan = store.Read(db => db.All(
                $"EXPLAIN QUERY PLAN SELECT id FROM stages INDEXED BY {index} WHERE route_id = 1 AND task_type = 'x'{column} AND hands_out = 1 AND unmet = 0 AND ready > 0 ORDER BY job_priority DESC, turn, id LIMIT 1",
                row => row.GetString(3)));
            Assert.StartsWith($"SEARCH stages USING INDEX {index} (", Assert.Single(plan));
        }
    }
}
