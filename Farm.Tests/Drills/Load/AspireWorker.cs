using System.Text.Json;

namespace Farm.Tests.Drills.Load;

/// <summary>A worker of the Aspire protocol. It also pushes entries.</summary>
internal sealed class AspireWorker(LoadBalancer farm, Ledger ledger, int seed, string seedId) : Client(farm, ledger, seed)
{
    private const string Base = "/aspire_api";

    private readonly string _name = $"node-{seed}";
    private int _pushed;

    /// <summary>Makes a seed and answers with its id.</summary>
    public static async Task<string> CreateSeedAsync(LoadBalancer farm)
    {
        var answer = await farm.SendAsync(new("POST", $"{Base}/seeds", """{"description":"drill","batchSize":5}"""));
        return (string)answer.Json["seed"]!["id"]!;
    }

    public override async Task RunOnceAsync()
    {
        if (Random.Next(4) == 0 && Ledger.Wants) await PushAsync();
        // A lost answer leaves a batch of which this worker does not know (Contracts/Aspire/Contract.md section 5.6).
        var answer = await TrySendAsync(new("GET", $"{Base}/manager/batch?worker={_name}"), 200);
        if (answer is null)
        {
            await SendAsync(new("PUT", $"{Base}/manager/release/worker/{_name}"), 200, 404);
        }
        else if (answer.Json["batch"] is { } batch)
        {
            await CompleteAsync((string)batch["id"]!, [.. batch["entry"]!.AsArray().Select(entry => (string)entry!["url"]!)]);
        }
        else
        {
            await PauseAsync(1000, 2500);
            // A request that a stopped manager received long ago may still have taken a batch.
            await SendAsync(new("PUT", $"{Base}/manager/release/worker/{_name}"), 200, 404);
        }
    }

    private async Task CompleteAsync(string batch, List<string> urls)
    {
        foreach (var url in urls) Ledger.HandOuts.Add(($"name:{url}", $"name:{_name}"));
        if ((await SendAsync(new("PUT", $"{Base}/manager/batch/ack/{batch}"), 200, 404)).Status != 200) return;
        await PauseAsync(300, 1500);
        if ((await SendAsync(new("PUT", $"{Base}/manager/batch/complete/{batch}"), 200, 404)).Status != 200)
        {
            foreach (var url in urls) Ledger.Refuse($"name:{url}", $"name:{_name}");
            return;
        }

        foreach (var url in urls) Ledger.Completions.Add(($"name:{url}", $"name:{_name}"));
    }

    private async Task PushAsync()
    {
        // An entry is known by its URL, so none is sent twice.
        List<string> urls = [.. Enumerable.Range(0, Random.Next(3, 15)).Select(_ => $"file:///{Seed}/{++_pushed}")];
        var body = JsonSerializer.Serialize(new { seedId, documents = urls.Select(url => new { url }) });
        if (await TrySendAsync(new("POST", $"{Base}/pushUpdates", body, Makes: urls), 200) is null) Ledger.AddMaybe(urls.Count);
        else urls.ForEach(url => Ledger.AddTask($"name:{url}"));
    }
}
