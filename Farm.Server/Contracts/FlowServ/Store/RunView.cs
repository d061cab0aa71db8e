using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A run with the name of its group.</summary>
internal sealed record WorkflowRun(Run Run, string GroupName);

/// <summary>The group of a successful run, and the results it is ranked by.</summary>
/// <param name="GroupKey">The group's public id.</param>
/// <param name="GroupName">The group's name.</param>
/// <param name="Results">The results as JSON; null when they were not read yet.</param>
/// <param name="ResultFile">The hash of the result file to read; null when there is none or it is too large.</param>
internal sealed record RunRank(string GroupKey, string GroupName, string? Results, string? ResultFile);

/// <summary>Queries of runs.</summary>
internal static class RunView
{
    private const string OnePage =
        $"""
        SELECT {RunTable.Columns}, g.name AS group_name FROM runs r JOIN workflow_groups g ON g.id = r.group_id
        WHERE g.workflow_id = @workflow ORDER BY r.id DESC LIMIT @count OFFSET @offset
        """;

    /// <summary>Outcome 1 of an attempt is completed.</summary>
    private const string SuccessfulRuns =
        $"""
        SELECT {RunTable.Columns}, g.key AS group_key, g.name AS group_name, r.results,
          CASE WHEN r.results IS NULL THEN (
            SELECT f.sha256 FROM tasks done JOIN artifacts f ON f.task_id = done.id JOIN attempts n ON n.id = f.attempt_id AND n.outcome = 1
            WHERE done.job_id = r.job_id AND done.number = 0 AND f.path = @file AND f.size <= @maxBytes LIMIT 1) END AS result_file
        FROM runs r JOIN workflow_groups g ON g.id = r.group_id
        WHERE g.workflow_id = @workflow AND r.state = 2 ORDER BY r.id
        """;

    /// <summary>A page of the runs of a workflow, newest first.</summary>
    public static List<WorkflowRun> OfWorkflow(StoreSession db, long workflow, int count, int offset) => db.Connection.Query<Run, string, WorkflowRun>(
        OnePage, static (run, group) => new WorkflowRun(run, group), new { workflow, count, offset }, splitOn: "group_name").AsList();

    /// <summary>The successful runs of a workflow with their results, oldest first.</summary>
    /// <param name="db">The session.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="file">The path of the result file.</param>
    /// <param name="maxBytes">The largest result file to read.</param>
    public static List<(Run Run, RunRank Rank)> Successful(StoreSession db, long workflow, string file, int maxBytes) =>
        db.Connection.Query<Run, RunRank, (Run, RunRank)>(
            SuccessfulRuns, static (run, rank) => (run, rank), new { workflow, file, maxBytes }, splitOn: "group_key").AsList();
}
