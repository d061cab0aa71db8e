using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain.Access;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Model;

/// <summary>Actions of workers and people on two seeds, one with a tag and one without, with the expected results.</summary>
internal sealed class SeedRun(StoreFarm farm)
{
    private static readonly JsonElement NoMetadata = JsonElement.Parse("{}"u8);
    private static readonly string[][] Tags = [[], ["eu"]];

    private readonly List<long> _seeds = [];
    private readonly List<SentBatch> _sent = [];

    /// <summary>Creates the seeds and returns their jobs.</summary>
    public async Task<List<Guid>> StartAsync()
    {
        foreach (var tags in Tags) _seeds.Add(await farm.Seeds.CreateAsync(Caller.Farm, new NewSeed { BatchSize = 3, Tags = tags }));
        foreach (var seed in _seeds) await PushAsync(seed, 7);
        return _seeds.ConvertAll(seed => farm.Seeds.Find(seed)!.Job.Uuid);
    }

    /// <summary>Adds a few entries.</summary>
    public Task PushAsync(Step step) => PushAsync(_seeds[step.A % 2], 1 + step.B % 8);

    /// <summary>A worker with or without tags requests one or two batches and gets the first ready ones.</summary>
    public async Task FetchAsync(Step step)
    {
        var tags = Tags[step.B % 2];
        var expected = Ready(step.B % 2).Take(step.C % 2 == 0 ? 3 : 6);
        var sent = await farm.Fetch.FetchAsync(Caller.Farm, new FetchRequest($"crawler-{step.A % 3}", "::1", tags, null, null, 1 + step.C % 2, null));
        Assert.Equal(expected, sent.SelectMany(batch => batch.Entries).Select(entry => entry.Url));
        Assert.All(sent, batch => Assert.True(_sent.TrueForAll(other => other.Id != batch.Id)));
        _sent.AddRange(sent);
    }

    /// <summary>A report on a batch, possibly late. The verdict is correct, and only an outstanding batch changes.</summary>
    public async Task ReportAsync(Step step)
    {
        if (_sent.Count == 0) return;
        var batch = _sent[^(1 + step.A % Math.Min(_sent.Count, 4))];
        var before = farm.Store.Read(db => BatchTable.ById(db, batch.Id));
        var isThere = before is not null && farm.Store.Read(db =>
            JobTable.ById(db, before.JobId) is { BulkUpdate: not Server.Domain.Jobs.BulkUpdate.Delete } && (!before.IsHeld || BatchTaskTable.Any(db, batch.Id)));
        string[] id = [TimestampId.Text(batch.Id)];
        var verdict = (step.B % 3) switch
        {
            0 => (await farm.Batches.AcknowledgeAsync(id))[0],
            1 => (await farm.Batches.CompleteAsync(id))[0],
            _ => (await farm.Batches.FailAsync([(id[0], "")]))[0],
        };
        Assert.Equal(isThere ? Expected(before!.State, step.B % 3) : BatchVerdict.Unknown, verdict);
    }

    /// <summary>A worker or a seed is released. Afterwards none of its batches is sent but unacknowledged.</summary>
    public async Task ReleaseAsync(Step step)
    {
        if (step.A % 2 == 0)
        {
            var name = $"crawler-{step.B % 3}";
            await farm.Releases.ReleaseWorkerAsync(Caller.Farm, name);
            Assert.Equal(0, farm.Number("SELECT count(*) FROM batches b JOIN workers w ON w.id = b.worker_id WHERE b.state = 0 AND w.name = $1", name));
            return;
        }

        var seed = _seeds[step.B % 2];
        await farm.Releases.ReleaseSeedsAsync(Caller.Farm, [TimestampId.Text(seed)]);
        Assert.Equal(0, farm.Number(
            "SELECT count(*) FROM batches b JOIN seeds s ON s.job_id = b.job_id JOIN jobs j ON j.id = s.job_id WHERE b.state = 0 AND j.mass_change IS DISTINCT FROM 7 AND s.seed_id = $1", seed));
    }

    private static BatchVerdict Expected(BatchState before, int said) => (before, said) switch
    {
        (BatchState.Sent, _) or (BatchState.Acknowledged, not 0) => BatchVerdict.Done,
        (_, 0) or (BatchState.Completed, 1) or (BatchState.Failed, 2) => BatchVerdict.Repeated,
        _ => BatchVerdict.OtherOutcome,
    };

    private IEnumerable<string> Ready(int seed) => farm.Store.Read(db => db.All(
        """
        SELECT t.name FROM tasks t JOIN seeds s ON s.job_id = t.job_id JOIN jobs j ON j.id = t.job_id
        WHERE s.seed_id = $1 AND t.status IN (0, 1) AND j.status IN (1, 2) AND j.mass_change IS DISTINCT FROM 7 ORDER BY t.number
        """,
        row => row.GetString(0), _seeds[seed]));

    private Task PushAsync(long seed, int count) =>
        farm.Push.PushAsync(Caller.Farm, seed, [.. Enumerable.Range(0, count).Select(i => new NewEntry($"url-{i}", "add", "item", NoMetadata))]);
}
