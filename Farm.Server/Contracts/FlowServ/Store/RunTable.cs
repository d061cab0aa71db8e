using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A run. Times are unix milliseconds.</summary>
/// <param name="Id">The small integer that the store uses.</param>
/// <param name="Uuid">The id that clients see, which is that of its job.</param>
/// <param name="JobId">Its job.</param>
/// <param name="GroupId">Whose run it is.</param>
/// <param name="State">What it is at.</param>
/// <param name="Arguments">As they were sent: a JSON list.</param>
/// <param name="Outputs">The paths that it must leave: a JSON list.</param>
/// <param name="Steps">How many steps it has.</param>
/// <param name="Reason">Why someone canceled it.</param>
/// <param name="Messages">What went wrong: a JSON list; null while it is not over.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="StartedAt">When a worker first began it.</param>
/// <param name="FinishedAt">When it was over.</param>
internal sealed record Run(
    long Id, Guid Uuid, long JobId, long GroupId, RunState State, string Arguments, string Outputs, int Steps, string? Reason, string? Messages,
    long CreatedAt, long? StartedAt, long? FinishedAt);

/// <summary>A successful run as it is ranked.</summary>
/// <param name="Run">The run.</param>
/// <param name="GroupKey">Whose it is, as clients see it.</param>
/// <param name="GroupName">Whose it is.</param>
/// <param name="Results">What it is ranked by, as JSON; null when nobody looked yet.</param>
internal sealed record RankedRun(Run Run, string GroupKey, string GroupName, string? Results);

/// <summary>Runs in the store.</summary>
internal static class RunTable
{
    /// <summary>A run that is not over is running once there was an attempt at its task.</summary>
    private const string Columns =
        """
        r.id, r.uuid, r.job_id, r.group_id,
        CASE WHEN r.state > 1 THEN r.state WHEN EXISTS (SELECT 1 FROM tasks t JOIN attempts a ON a.task_id = t.id WHERE t.job_id = r.job_id) THEN 1 ELSE 0 END,
        r.arguments, r.outputs, r.steps, r.reason, r.messages, r.created_at,
        coalesce(r.started_at, (SELECT min(a.started_at) FROM tasks t JOIN attempts a ON a.task_id = t.id WHERE t.job_id = r.job_id)), r.finished_at
        """;

    private const int Width = 13;

    /// <summary>The run that clients know by this id, or null.</summary>
    public static Run? ByUuid(SqliteSession db, Guid uuid) => db.First($"SELECT {Columns} FROM runs r WHERE r.uuid = $1", Read, uuid);

    /// <summary>The run of a job, or null.</summary>
    public static Run? ByJob(SqliteSession db, long jobId) => db.First($"SELECT {Columns} FROM runs r WHERE r.job_id = $1", Read, jobId);

    /// <summary>The runs of a group, oldest first.</summary>
    public static List<Run> OfGroup(SqliteSession db, long groupId) => db.All($"SELECT {Columns} FROM runs r WHERE r.group_id = $1 ORDER BY r.id", Read, groupId);

    /// <summary>The oldest runs of a group.</summary>
    public static List<Run> OfGroup(SqliteSession db, long groupId, int count) =>
        db.All($"SELECT {Columns} FROM runs r WHERE r.group_id = $1 ORDER BY r.id LIMIT $2", Read, groupId, count);

    /// <summary>The runs of a workflow, newest first.</summary>
    public static List<Run> OfWorkflow(SqliteSession db, long workflowId, int count, int offset) => db.All(
        $"SELECT {Columns} FROM runs r JOIN workflow_groups g ON g.id = r.group_id WHERE g.workflow_id = $1 ORDER BY r.id DESC LIMIT $2 OFFSET $3",
        Read, workflowId, count, offset);

    /// <summary>How many runs a workflow has.</summary>
    public static long CountOfWorkflow(SqliteSession db, long workflowId) => db.Number(
        "SELECT count(*) FROM runs r JOIN workflow_groups g ON g.id = r.group_id WHERE g.workflow_id = $1", workflowId);

    /// <summary>The successful runs of a workflow, oldest first.</summary>
    public static List<RankedRun> Successful(SqliteSession db, long workflowId) => db.All(
        $"""
        SELECT {Columns}, g.key, g.name, r.results FROM runs r JOIN workflow_groups g ON g.id = r.group_id
        WHERE g.workflow_id = $1 AND r.state = 2 ORDER BY r.id
        """,
        static row => new RankedRun(Read(row), row.GetString(Width), row.GetString(Width + 1), row.TextOrNull(Width + 2)), workflowId);

    /// <summary>Writes a run that nobody has begun.</summary>
    public static void Insert(SqliteSession db, Run run) => db.Execute(
        "INSERT INTO runs (uuid, job_id, group_id, arguments, outputs, steps, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        run.Uuid, run.JobId, run.GroupId, run.Arguments, run.Outputs, run.Steps, run.CreatedAt);

    /// <summary>Remembers why someone is about to cancel a run.</summary>
    public static void SetReason(SqliteSession db, long id, string? reason) => db.Execute("UPDATE runs SET reason = $2 WHERE id = $1", id, reason);

    /// <summary>Writes the end of a run that is not over.</summary>
    public static void End(SqliteSession db, long id, RunState state, string messages, long startedAt, long finishedAt) => db.Execute(
        "UPDATE runs SET state = $2, messages = $3, started_at = $4, finished_at = $5 WHERE id = $1 AND state < 2",
        id, state, messages, startedAt, finishedAt);

    /// <summary>Remembers what a run is ranked by.</summary>
    public static void SetResults(SqliteSession db, long id, string results) => db.Execute("UPDATE runs SET results = $2 WHERE id = $1", id, results);

    /// <summary>Removes the run of a job, where it has one.</summary>
    public static void RemoveByJob(SqliteSession db, long jobId) => db.Execute("DELETE FROM runs WHERE job_id = $1", jobId);

    private static Run Read(SqliteRow row) => new(
        row.GetInt64(0), row.Uuid(1), row.GetInt64(2), row.GetInt64(3), (RunState)row.GetInt32(4), row.GetString(5), row.GetString(6), row.GetInt32(7),
        row.TextOrNull(8), row.TextOrNull(9), row.GetInt64(10), row.NumberOrNull(11), row.NumberOrNull(12));
}
