using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Domain.Access;
using Farm.Tests.Support;

namespace Farm.Tests.Benchmarks;

/// <summary>Cycles of fetch, acknowledge and complete (Contracts/Aspire/Contract.md).</summary>
internal static class BatchCycles
{
    /// <summary>Creates a seed.</summary>
    public static async Task<string> SeedAsync(int port, int batchSize)
    {
        using var client = Client(port);
        using var answer = await client.PostAsync("/aspire_api/seeds", new StringContent($$"""{"batchSize":{{batchSize}}}"""));
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("seed").GetProperty("id").GetString()!;
    }

    /// <summary>Pushes entries in one request.</summary>
    public static async Task PushAsync(int port, string seed, int entries)
    {
        using var client = Client(port);
        var body = new StringBuilder($"{{\"seedId\":\"{seed}\",\"documents\":[");
        for (var i = 0; i < entries; i++) body.Append(i == 0 ? "" : ",").Append($$$"""{"url":"file:///share/folder/document-{{{i}}}","metadata":{"size":{{{i}}}}}""");
        using var answer = await client.PostAsync("/aspire_api/pushUpdates", new StringContent(body.Append("]}").ToString()));
        answer.EnsureSuccessStatusCode();
        await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Makes workers fetch, acknowledge and complete until nothing is left, and returns the cycles and their number of entries.</summary>
    public static async Task<(Measurement Cycles, long Items)> MeasureAsync(int port, int workers)
    {
        long items = 0;
        var cycles = await Measurement.OfAsync(_ => Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            using var client = Client(port);
            var latencies = new List<long>();
            while (true)
            {
                var before = Stopwatch.GetTimestamp();
                var bytes = await client.GetByteArrayAsync($"/aspire_api/manager/batch?worker=w{worker}");
                if (!JsonElement.Parse(bytes).TryGetProperty("batch", out var batch)) return latencies;
                var id = batch.GetProperty("id").GetString();
                (await client.PutAsync($"/aspire_api/manager/batch/ack/{id}", null)).EnsureSuccessStatusCode();
                (await client.PutAsync($"/aspire_api/manager/batch/complete/{id}", null)).EnsureSuccessStatusCode();
                latencies.Add(Stopwatch.GetTimestamp() - before);
                Interlocked.Add(ref items, batch.GetProperty("entry").GetArrayLength());
            }
        })));
        return (cycles, items);
    }

    /// <summary>Pushes entries, hands out a thousand batches at a time, then fails and completes them, without HTTP, so that each step can be measured.</summary>
    public static IEnumerable<(string Name, Func<Task> Work)> InProcess(StoreFarm farm, int size, int entries)
    {
        var metadata = JsonElement.Parse("{}"u8);
        long seed = 0;
        var sent = new List<string>();
        yield return ($"push {entries:N0}", async () =>
        {
            seed = await farm.Seeds.CreateAsync(Caller.Farm, new NewSeed { BatchSize = size });
            await farm.Push.PushAsync(Caller.Farm, seed, [.. Enumerable.Range(0, entries).Select(i => new NewEntry($"file:///{i}", "add", "item", metadata))]);
        }
        );
        yield return ("fetch", FetchAsync);
        yield return ("fail", async () => await farm.Batches.FailAsync(sent.ConvertAll(id => (id, ""))));
        yield return ("fetch again", FetchAsync);
        yield return ("complete", async () => await farm.Batches.CompleteAsync(sent));

        async Task FetchAsync()
        {
            sent.Clear();
            var batches = await farm.Fetch.FetchAsync(Caller.Farm, new FetchRequest("bench", "::1", [], null, null, BatchFetch.MaxBatches, null));
            sent.AddRange(batches.Select(batch => TimestampId.Text(batch.Id)));
        }
    }

    private static HttpClient Client(int port) => new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
}
