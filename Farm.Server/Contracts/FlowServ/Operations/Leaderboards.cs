using System.Text;
using System.Text.Json;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Results;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>A run on a leaderboard.</summary>
internal sealed record LeaderboardEntry(Run Run, string GroupKey, string GroupName, PyMap Results);

/// <summary>Ranks the successful runs of workflows (Contracts/FlowServ/Contract.md section 4.2).</summary>
internal sealed class Leaderboards(FarmStore store, ContentStore content, ILogger<Leaderboards> log)
{
    private const int MaxFileBytes = 1024 * 1024;
    private const int ResultsPerTransaction = 100;
    private const string NoResults = "null";

    /// <summary>The runs of a workflow with results, best first.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="schema">Its result schema.</param>
    /// <param name="orderBy">For example <c>a:ASC,b:DESC</c>; empty for the workflow's default order.</param>
    /// <param name="includeAll">All runs, or only the best of each group.</param>
    /// <exception cref="FarmException">The order is invalid.</exception>
    public async Task<IReadOnlyList<LeaderboardEntry>> OfAsync(Workflow workflow, ResultSchema schema, string? orderBy, bool includeAll)
    {
        var order = Ranking.Order(orderBy, schema);
        var runs = store.Read(db => RunView.Successful(db, workflow.Id, schema.File, MaxFileBytes));
        var read = await ReadResultsAsync(runs, schema);
        var entries = new List<LeaderboardEntry>();
        foreach (var (run, rank) in runs)
        {
            if (Stored(rank.Results ?? read[run.Id]) is { } values)
                entries.Add(new LeaderboardEntry(run, rank.GroupKey, rank.GroupName, values));
        }

        var best = Ranking.Rank(entries, entry => entry.Results, order);
        return includeAll ? best : [.. best.DistinctBy(entry => entry.GroupKey)];
    }

    /// <summary>Reads the results of runs that were not read before, and stores them, as result files never change.</summary>
    private async Task<Dictionary<long, string>> ReadResultsAsync(List<(Run Run, RunRank Rank)> runs, ResultSchema schema)
    {
        var read = new Dictionary<long, string>();
        foreach (var (run, rank) in runs.Where(entry => entry.Rank.Results is null))
        {
            read[run.Id] = rank.ResultFile is { } file && await ReadAsync(file) is { } text ? Results(run, text, schema) : NoResults;
        }

        foreach (var chunk in read.Chunk(ResultsPerTransaction))
        {
            await store.WriteAsync(tx =>
            {
                foreach (var (run, results) in chunk) RunTable.SetResults(tx.Db, run, results);
            });
        }

        return read;
    }

    /// <summary>The results as JSON. A file that cannot be read keeps only its own run off the leaderboard.</summary>
    private string Results(Run run, string text, ResultSchema schema)
    {
        try
        {
            return JsonValues.Write(ResultReader.Read(text, schema));
        }
        catch (FarmException unusable)
        {
            log.LogWarning("Run {Run} is not on the leaderboard: {Reason}", run.Uuid, unusable.Message);
            return NoResults;
        }
    }

    /// <summary>Stored results; null for none, and for those of an earlier version that exceed a limit of this one.</summary>
    private static PyMap? Stored(string results)
    {
        try
        {
            return JsonValues.Parse(results) as PyMap;
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            return null;
        }
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
            // The run was deleted meanwhile.
            return null;
        }
    }
}
