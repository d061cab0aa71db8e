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
internal sealed class Leaderboards(FarmStore store, RunFiles files, ContentStore content)
{
    private const int LongestFile = 1024 * 1024;
    private const string NoResults = "null";

    /// <summary>The runs of a workflow that left results, best first.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="schema">Its results.</param>
    /// <param name="orderBy">Such as <c>a:ASC,b:DESC</c>; empty for the workflow's own order.</param>
    /// <param name="includeAll">All runs; otherwise the best one of each group.</param>
    /// <exception cref="FarmException">The order cannot be used.</exception>
    public async Task<IReadOnlyList<LeaderboardEntry>> Of(Workflow workflow, ResultSchema schema, string? orderBy, bool includeAll)
    {
        var order = Ranking.Order(orderBy, schema);
        var entries = new List<LeaderboardEntry>();
        foreach (var ranked in store.Read(db => RunTable.Successful(db, workflow.Id)))
        {
            var results = ranked.Results ?? await Look(ranked.Run, schema);
            if (JsonValues.Parse(results) is PyMap values) entries.Add(new LeaderboardEntry(ranked.Run, ranked.GroupKey, ranked.GroupName, values));
        }

        var best = Ranking.Rank(entries, entry => entry.Results, order);
        return includeAll ? best : [.. best.DistinctBy(entry => entry.GroupKey)];
    }

    /// <summary>Reads the results of a run and remembers them: its files never change.</summary>
    private async Task<string> Look(Run run, ResultSchema schema)
    {
        var results = await Read(run, schema) is { } text && ResultReader.Read(text, schema) is { } values ? JsonValues.Write(values) : NoResults;
        await store.Write(tx => RunTable.SetResults(tx.Db, run.Id, results));
        return results;
    }

    private async Task<string?> Read(Run run, ResultSchema schema)
    {
        if (files.Of(run).Find(artifact => artifact.Path == schema.File) is not { Size: <= LongestFile } file) return null;
        try
        {
            await using var stream = content.Open(file.Sha256);
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
