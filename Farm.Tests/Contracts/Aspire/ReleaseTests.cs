using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md sections 5.3, 5.4 and 5.5.</summary>
public sealed class ReleaseTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Releasing_a_worker_requeues_only_unacknowledged_batches()
    {
        var seed = await _farm.FilledAsync(6, new { batchSize = 2 });
        var (kept, returned, others) = (await _farm.FetchAsync("a"), await _farm.FetchAsync("a"), await _farm.FetchAsync("b"));
        await _farm.TellAsync("ack", kept);

        Assert.Equal(200, (await _farm.CallAsync("PUT", "/manager/release/worker/a")).Status);
        Assert.Equal((2, 4, 0, 0), await _farm.ItemsAsync(seed));
        Assert.Equal(404, await _farm.TellAsync("ack", returned));
        Assert.Equal(200, await _farm.TellAsync("complete", kept));
        Assert.Equal(200, await _farm.TellAsync("ack", others));
        // Twice, and with nothing outstanding.
        Assert.Equal(200, (await _farm.CallAsync("PUT", "/manager/release/worker/a")).Status);
        // The worker is not barred, and what came back is first again.
        Assert.Equal(returned.Urls(), (await _farm.FetchAsync("a")).Urls());
    }

    [Fact]
    public async Task Workers_of_any_protocol_are_found_by_id_and_name()
    {
        var render = await _farm.RegisterAsync("node-07");

        Assert.Equal(200, (await _farm.CallAsync("PUT", "/manager/release/worker/node-07")).Status);
        Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/release/worker/{render.Id}")).Status);
        Assert.Equal(404, (await _farm.CallAsync("PUT", "/manager/release/worker/node-08")).Status);
    }

    [Fact]
    public async Task Releasing_a_seed_requeues_unacknowledged_batches_and_does_not_pause_it()
    {
        var seed = await _farm.FilledAsync(6, new { batchSize = 2 });
        var other = await _farm.FilledAsync(1, new { priority = 1 });
        var batches = await _farm.FetchAllAsync("a");
        await _farm.TellAsync("ack", batches[0]);

        Assert.Equal(200, (await _farm.CallAsync("GET", $"/manager/release/seed/{seed}")).Status);
        Assert.Equal((4, 2, 0, 0), await _farm.ItemsAsync(seed));
        Assert.Equal((0, 1, 0, 0), await _farm.ItemsAsync(other));
        Assert.Equal(404, await _farm.TellAsync("ack", batches[1]));
        var again = await _farm.FetchAsync("b");
        Assert.Equal(batches[1].Urls(), again.Urls());
        Assert.NotEqual(batches[1].Id(), again.Id());
        Assert.Equal(200, await _farm.TellAsync("complete", batches[0]));
        Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/release/seed/{other}")).Status);
        Assert.Equal(200, (await _farm.CallAsync("PUT", $"/manager/release/seed/{other}")).Status);
    }

    [Fact]
    public async Task Released_entries_of_a_paused_seed_wait_until_it_is_resumed()
    {
        var seed = await _farm.FilledAsync(2, new { batchSize = 1 });
        await _farm.FetchAsync("a");
        await _farm.CallAsync("PUT", $"/seeds/{seed}/pause");
        await _farm.CallAsync("PUT", $"/manager/release/seed/{seed}");

        Assert.Empty(await _farm.FetchAllAsync("a"));
        Assert.Equal("paused", (string)(await _farm.CallAsync("GET", $"/seeds/{seed}")).Body["seed"]!["crawl"]!["state"]!);
        await _farm.CallAsync("PUT", $"/seeds/{seed}/resume");
        Assert.Equal(2, (await _farm.FetchAllAsync("a")).Count);
    }

    [Fact]
    public async Task A_lost_worker_loses_all_batches_and_the_entries_count_a_retry()
    {
        await using var farm = await AspireClient.FarmAsync(new BatchSettings { WorkerTimeout = TimeSpan.FromMinutes(10), RetryLimit = 2 });
        var seed = await farm.FilledAsync(4, new { batchSize = 1 });
        var (acknowledged, sent, of) = (await farm.FetchAsync("lost"), await farm.FetchAsync("lost"), await farm.FetchAsync("calls"));
        await farm.TellAsync("ack", acknowledged);
        farm.Time.Advance(TimeSpan.FromMinutes(9));
        await farm.TellAsync("ack", of);
        farm.Time.Advance(TimeSpan.FromMinutes(2));
        await farm.Service<LostWorkers>().CheckAsync();

        Assert.Equal((3, 1, 0, 0), await farm.ItemsAsync(seed));
        Assert.Equal(404, await farm.TellAsync("complete", acknowledged));
        Assert.Equal(404, await farm.TellAsync("ack", sent));
        Assert.Equal(200, await farm.TellAsync("complete", of));
        Assert.Equal(WorkerStatus.Error, Status(farm, "lost"));

        var again = await farm.FetchAllAsync("lost", "&batches=9");
        Assert.Equal([1, 1, 0], again.Select(batch => (int)batch["entry"]![0]!["inCrawlRetries"]!));
        Assert.Equal(WorkerStatus.Awake, Status(farm, "lost"));
        farm.Time.Advance(TimeSpan.FromMinutes(11));
        await farm.Service<LostWorkers>().CheckAsync();
        Assert.Equal((1, 0, 1, 2), await farm.ItemsAsync(seed));
    }

    [Fact]
    public async Task With_a_timeout_of_zero_no_worker_is_lost_and_the_farms_own_timeouts_do_not_apply()
    {
        await using var farm = await AspireClient.FarmAsync(new BatchSettings { WorkerTimeout = TimeSpan.Zero });
        await farm.FilledAsync(1);
        var batch = await farm.FetchAsync("a");
        farm.Time.Advance(TimeSpan.FromDays(2));
        await farm.Service<LostWorkers>().CheckAsync();
        await farm.Service<Timeouts>().CheckAsync();

        Assert.Equal(200, await farm.TellAsync("complete", batch));
    }

    private static WorkerStatus Status(TestFarm farm, string name) =>
        Assert.Single(farm.Service<FarmStore>().Read(db => WorkerTable.ByName(db, name))).Status;
}
