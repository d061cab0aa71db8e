using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A run of a workflow, for people to look at.</summary>
internal sealed record WorkflowRun(Run Run, string GroupName);

/// <summary>Where a successful run belongs, and what it is ranked by.</summary>
/// <param name="GroupKey">Whose it is, as clients see it.</param>
/// <param name="GroupName">Whose it is.</param>
/// <param name="Results">What it is ranked by, as JSON; null when nobody looked yet.</param>
/// <param name="ResultFile">The stored content to look at when nobody did; null when the run left none, or one that is too long.</param>
internal sealed record RunRank(string GroupKey, string GroupName, string? Results, string? ResultFile);

/// <summary>Runs for people to look at.</summary>
internal static class RunView
{
    private const string OnePage =
        $"""
        SELECT {RunTable.Columns}, g.name AS group_name FROM runs r JOIN workflow_groups g ON g.id = r.group_id
        WHERE g.workflow_id = @workflow ORDER BY r.id DESC LIMIT @count OFFSET @offset
        """;

    /// <summary>Outcome 1 is that of an attempt that completed its task.</summary>
    private const string SuccessfulRuns =
        $"""
        SELECT {RunTable.Columns}, g.key AS group_key, g.name AS group_name, r.results,
          CASE WHEN r.results IS NULL THEN (
            SELECT f.sha256 FROM tasks done JOIN artifacts f ON f.task_id = done.id JOIN attempts n ON n.id = f.attempt_id AND n.outcome = 1
            WHERE done.job_id = r.job_id AND done.number = 0 AND f.path = @file AND f.size <= @longest LIMIT 1) END AS result_file
        FROM runs r JOIN workflow_groups g ON g.id = r.group_id
        WHERE g.workflow_id = @workflow AND r.state = 2 ORDER BY r.id
        """;

    /// <summary>A page of the runs of a workflow, newest first.</summary>
    public static List<WorkflowRun> OfWorkflow(SqliteSession db, long workflow, int count, int offset) => db.Connection.Query<Run, string, WorkflowRun>(
        OnePage, static (run, group) => new WorkflowRun(run, group), new { workflow, count, offset }, splitOn: "group_name").AsList();

    /// <summary>The successful runs of a workflow, oldest first, with what they are ranked by.</summary>
    /// <param name="db">The session.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="file">The path of the file with the results.</param>
    /// <param name="longest">How many bytes it may have.</param>
    public static List<(Run Run, RunRank Rank)> Successful(SqliteSession db, long workflow, string file, int longest) =>
        db.Connection.Query<Run, RunRank, (Run, RunRank)>(
            SuccessfulRuns, static (run, rank) => (run, rank), new { workflow, file, longest }, splitOn: "group_key").AsList();
}
