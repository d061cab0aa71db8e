using System.Collections.Concurrent;
using Farm.Server.Store.Engine;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Aspire;

/// <summary>Contracts/Aspire/Contract.md sections 5.1 and 8.5: no entry is ever handed out twice at the same time, nor lost.</summary>
public sealed class ConcurrencyTests
{
    private const int Entries = 10_000;
    private const int Workers = 16;

    [Fact]
    public async Task Sixteen_concurrent_workers_get_each_entry_once()
    {
        await using var farm = await TestFarm.StartAsync();
        var seed = await farm.SeedAsync(new { batchSize = 100 });
        var pushed = await farm.PushAsync(seed, Entries);
        var got = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            while (true)
            {
                var (status, body) = await farm.CallUncheckedAsync("GET", $"/manager/batch?worker=w{worker}");
                Assert.Equal(200, status);
                if (body["batch"] is not { } batch) return;
                foreach (var entry in batch["entry"]!.AsArray()) got.Add((string)entry!["_id"]!);
                Assert.Equal(200, (await farm.CallUncheckedAsync("GET", $"/manager/batch/ack/{batch["id"]}")).Status);
                Assert.Equal(200, (await farm.CallUncheckedAsync("PUT", "/manager/batch/complete", $$"""{"id":"{{batch["id"]}}"}""")).Status);
            }
        })));

        Assert.Equal(Entries, got.Count);
        Assert.Equal(pushed.Order(StringComparer.Ordinal), got.Order(StringComparer.Ordinal));
        Assert.Equal((0, 0, Entries, 0), await farm.ItemsAsync(seed));
        Invariants.Check(farm.Service<FarmStore>());
        Assert.Equal(Entries, farm.Service<FarmStore>().Read(db => db.Number("SELECT count(*) FROM attempts")));
    }

    [Fact]
    public async Task Concurrent_releases_fetches_and_outcomes_lose_nothing()
    {
        await using var farm = await TestFarm.StartAsync();
        var seed = await farm.SeedAsync(new { batchSize = 5 });
        await farm.PushAsync(seed, 300);
        var completed = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var round = 0; ; round++)
            {
                var (_, body) = await farm.CallUncheckedAsync("GET", $"/manager/batch?worker=w{worker}");
                if (round % 4 == worker % 4) await farm.CallUncheckedAsync("PUT", $"/manager/release/worker/w{(worker + 1) % 8}");
                if (round % 8 == worker) await farm.CallUncheckedAsync("PUT", $"/manager/release/seed/{seed}");
                if (body["batch"] is not { } batch)
                {
                    if ((await farm.CallUncheckedAsync("GET", $"/seeds/{seed}")).Body["seed"]!["items"]!["completed"]!.GetValue<int>() == 300) return;
                    continue;
                }

                if ((await farm.CallUncheckedAsync("PUT", $"/manager/batch/complete/{batch["id"]}")).Status != 200) continue;
                foreach (var entry in batch["entry"]!.AsArray()) completed.Add((string)entry!["_id"]!);
            }
        })));

        Assert.Equal(300, completed.Count);
        Assert.Equal(300, completed.Distinct().Count());
        Invariants.Check(farm.Service<FarmStore>());
    }
}
