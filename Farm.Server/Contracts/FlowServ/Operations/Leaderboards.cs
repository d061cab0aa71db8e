using System.Text;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Results;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>A run on the leaderboard.</summary>
internal sealed record LeaderboardEntry(Run Run, string GroupKey, string GroupName, PyMap Results);

/// <summary>Ranks the successful runs of workflows (Contracts/FlowServ/Contract.md section 4.2).</summary>
internal sealed class Leaderboards(FarmStore store, ContentStore content)
{
    private const int LongestFile = 1024 * 1024;
    private const int RememberedAtOnce = 100;
    private const string NoResults = "null";

    /// <summary>The runs of a workflow that left results, best first.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="schema">Its results.</param>
    /// <param name="orderBy">Such as <c>a:ASC,b:DESC</c>; empty for the workflow's own order.</param>
    /// <param name="includeAll">All runs; otherwise the best one of each group.</param>
    /// <exception cref="FarmException">The order cannot be used.</exception>
    public async Task<IReadOnlyList<LeaderboardEntry>> OfAsync(Workflow workflow, ResultSchema schema, string? orderBy, bool includeAll)
    {
        var order = Ranking.Order(orderBy, schema);
        var runs = store.Read(db => RunView.Successful(db, workflow.Id, schema.File, LongestFile));
        var looked = await LookAsync(runs, schema);
        var entries = new List<LeaderboardEntry>();
        foreach (var (run, rank) in runs)
        {
            if (JsonValues.Parse(rank.Results ?? looked[run.Id]) is PyMap values)
                entries.Add(new LeaderboardEntry(run, rank.GroupKey, rank.GroupName, values));
        }

        var best = Ranking.Rank(entries, entry => entry.Results, order);
        return includeAll ? best : [.. best.DistinctBy(entry => entry.GroupKey)];
    }

    /// <summary>Reads the results of the runs at which nobody looked yet, and remembers them: their files never change.</summary>
    private async Task<Dictionary<long, string>> LookAsync(List<(Run Run, RunRank Rank)> runs, ResultSchema schema)
    {
        var looked = new Dictionary<long, string>();
        foreach (var (run, rank) in runs.Where(entry => entry.Rank.Results is null))
        {
            looked[run.Id] = rank.ResultFile is { } file && await ReadAsync(file) is { } text && ResultReader.Read(text, schema) is { } values
                ? JsonValues.Write(values)
                : NoResults;
        }

        foreach (var some in looked.Chunk(RememberedAtOnce))
        {
            await store.WriteAsync(tx =>
            {
                foreach (var (run, results) in some) RunTable.SetResults(tx.Db, run, results);
            });
        }

        return looked;
    }

    private async Task<string?> ReadAsync(string sha256)
    {
        try
        {
            await using var stream = content.Open(sha256);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return await reader.ReadToEndAsync();
        }
        catch (FarmException)
        {
            // The run was removed meanwhile.
            return null;
        }
    }
}
