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

    public async Task InitializeAsync() => _farm = await TestFarm.Start();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task Releasing_a_worker_returns_only_what_it_has_not_acknowledged()
    {
        var seed = await _farm.Filled(6, new { batchSize = 2 });
        var (kept, returned, others) = (await _farm.Fetch("a"), await _farm.Fetch("a"), await _farm.Fetch("b"));
        await _farm.Tell("ack", kept);

        Assert.Equal(200, (await _farm.Call("PUT", "/manager/release/worker/a")).Status);
        Assert.Equal((2, 4, 0, 0), await _farm.Items(seed));
        Assert.Equal(404, await _farm.Tell("ack", returned));
        Assert.Equal(200, await _farm.Tell("complete", kept));
        Assert.Equal(200, await _farm.Tell("ack", others));
        // Twice, and with nothing outstanding.
        Assert.Equal(200, (await _farm.Call("PUT", "/manager/release/worker/a")).Status);
        // The worker is not barred, and what came back is first again.
        Assert.Equal(returned.Urls(), (await _farm.Fetch("a")).Urls());
    }

    [Fact]
    public async Task Workers_of_any_contract_are_known_by_id_and_name()
    {
        var render = await _farm.Register("node-07");

        Assert.Equal(200, (await _farm.Call("PUT", "/manager/release/worker/node-07")).Status);
        Assert.Equal(200, (await _farm.Call("PUT", $"/manager/release/worker/{render.Id}")).Status);
        Assert.Equal(404, (await _farm.Call("PUT", "/manager/release/worker/node-08")).Status);
    }

    [Fact]
    public async Task Releasing_a_seed_returns_what_nobody_acknowledged_and_does_not_pause_it()
    {
        var seed = await _farm.Filled(6, new { batchSize = 2 });
        var other = await _farm.Filled(1, new { priority = 1 });
        var batches = await _farm.FetchAll("a");
        await _farm.Tell("ack", batches[0]);

        Assert.Equal(200, (await _farm.Call("GET", $"/manager/release/seed/{seed}")).Status);
        Assert.Equal((4, 2, 0, 0), await _farm.Items(seed));
        Assert.Equal((0, 1, 0, 0), await _farm.Items(other));
        Assert.Equal(404, await _farm.Tell("ack", batches[1]));
        var again = await _farm.Fetch("b");
        Assert.Equal(batches[1].Urls(), again.Urls());
        Assert.NotEqual(batches[1].Id(), again.Id());
        Assert.Equal(200, await _farm.Tell("complete", batches[0]));
        Assert.Equal(200, (await _farm.Call("PUT", $"/manager/release/seed/{other}")).Status);
        Assert.Equal(200, (await _farm.Call("PUT", $"/manager/release/seed/{other}")).Status);
    }

    [Fact]
    public async Task What_is_released_of_a_paused_seed_waits_until_it_goes_on()
    {
        var seed = await _farm.Filled(2, new { batchSize = 1 });
        await _farm.Fetch("a");
        await _farm.Call("PUT", $"/seeds/{seed}/pause");
        await _farm.Call("PUT", $"/manager/release/seed/{seed}");

        Assert.Empty(await _farm.FetchAll("a"));
        Assert.Equal("paused", (string)(await _farm.Call("GET", $"/seeds/{seed}")).Body["seed"]!["crawl"]!["state"]!);
        await _farm.Call("PUT", $"/seeds/{seed}/resume");
        Assert.Equal(2, (await _farm.FetchAll("a")).Count);
    }

    [Fact]
    public async Task A_worker_that_is_lost_loses_everything_and_the_entries_count_a_retry()
    {
        await using var farm = await AspireClient.Farm(new BatchSettings { WorkerTimeout = TimeSpan.FromMinutes(10), RetryLimit = 2 });
        var seed = await farm.Filled(4, new { batchSize = 1 });
        var (acknowledged, sent, of) = (await farm.Fetch("lost"), await farm.Fetch("lost"), await farm.Fetch("calls"));
        await farm.Tell("ack", acknowledged);
        farm.Time.Advance(TimeSpan.FromMinutes(9));
        await farm.Tell("ack", of);
        farm.Time.Advance(TimeSpan.FromMinutes(2));
        await farm.Service<LostWorkers>().Check();

        Assert.Equal((3, 1, 0, 0), await farm.Items(seed));
        Assert.Equal(404, await farm.Tell("complete", acknowledged));
        Assert.Equal(404, await farm.Tell("ack", sent));
        Assert.Equal(200, await farm.Tell("complete", of));
        Assert.Equal(WorkerStatus.Error, Status(farm, "lost"));

        var again = await farm.FetchAll("lost", "&batches=9");
        Assert.Equal([1, 1, 0], again.Select(batch => (int)batch["entry"]![0]!["inCrawlRetries"]!));
        Assert.Equal(WorkerStatus.Awake, Status(farm, "lost"));
        farm.Time.Advance(TimeSpan.FromMinutes(11));
        await farm.Service<LostWorkers>().Check();
        Assert.Equal((1, 0, 1, 2), await farm.Items(seed));
    }

    [Fact]
    public async Task A_timeout_of_zero_lets_no_worker_get_lost_and_the_farms_own_timeouts_do_not_count()
    {
        await using var farm = await AspireClient.Farm(new BatchSettings { WorkerTimeout = TimeSpan.Zero });
        await farm.Filled(1);
        var batch = await farm.Fetch("a");
        farm.Time.Advance(TimeSpan.FromDays(2));
        await farm.Service<LostWorkers>().Check();
        await farm.Service<Timeouts>().Check();

        Assert.Equal(200, await farm.Tell("complete", batch));
    }

    private static WorkerStatus Status(TestFarm farm, string name) =>
        Assert.Single(farm.Service<FarmStore>().Read(db => WorkerTable.ByName(db, name))).Status;
}
