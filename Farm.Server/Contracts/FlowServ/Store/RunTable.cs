using Dapper;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Store;

/// <summary>A run. Times are unix milliseconds.</summary>
/// <param name="Id">The database id.</param>
/// <param name="Uuid">The public id, the same as that of its job.</param>
/// <param name="JobId">Its job.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="State">Its state.</param>
/// <param name="Arguments">The arguments as sent, a JSON list.</param>
/// <param name="Outputs">The paths of its declared output files, a JSON list.</param>
/// <param name="Steps">The number of steps.</param>
/// <param name="Reason">Why it was canceled.</param>
/// <param name="Messages">The error messages, a JSON list; null until it ends.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="StartedAt">When a worker first started it.</param>
/// <param name="FinishedAt">When it ended.</param>
internal sealed record Run(
    long Id, Guid Uuid, long JobId, long GroupId, RunState State, string Arguments, string Outputs, int Steps, string? Reason, string? Messages,
    long CreatedAt, long? StartedAt, long? FinishedAt);

/// <summary>Runs in the store.</summary>
internal static class RunTable
{
    /// <summary>The columns of a run <c>r</c>. An unfinished run counts as running once its task had an attempt.</summary>
    public const string Columns =
        """
        r.id, r.uuid, r.job_id, r.group_id,
        CASE WHEN r.state > 1 THEN r.state WHEN EXISTS (SELECT 1 FROM tasks t JOIN attempts a ON a.task_id = t.id WHERE t.job_id = r.job_id) THEN 1 ELSE 0 END
          AS state,
        r.arguments, r.outputs, r.steps, r.reason, r.messages, r.created_at,
        coalesce(r.started_at, (SELECT min(a.started_at) FROM tasks t JOIN attempts a ON a.task_id = t.id WHERE t.job_id = r.job_id)) AS started_at,
        r.finished_at
        """;

    private const string Runs = $"SELECT {Columns} FROM runs r";

    /// <summary>The run with this public id, or null.</summary>
    public static Run? ByUuid(StoreSession db, Guid uuid) =>
        db.Connection.QueryFirstOrDefault<Run>($"{Runs} WHERE r.uuid = @uuid", new { uuid });

    /// <summary>The run of a job, or null.</summary>
    public static Run? ByJob(StoreSession db, long job) => db.Connection.QueryFirstOrDefault<Run>($"{Runs} WHERE r.job_id = @job", new { job });

    /// <summary>The oldest runs of a group.</summary>
    public static List<Run> OfGroup(StoreSession db, long group, int count = int.MaxValue) =>
        db.Connection.Query<Run>($"{Runs} WHERE r.group_id = @group ORDER BY r.id LIMIT @count", new { group, count }).AsList();

    /// <summary>Inserts a run that has not started.</summary>
    public static void Insert(StoreSession db, Run run) => db.Connection.Execute(
        """
        INSERT INTO runs (uuid, job_id, group_id, arguments, outputs, steps, created_at)
        VALUES (@Uuid, @JobId, @GroupId, @Arguments, @Outputs, @Steps, @CreatedAt)
        """,
        run);

    /// <summary>Sets the reason of a cancellation.</summary>
    public static void SetReason(StoreSession db, long id, string? reason) =>
        db.Connection.Execute("UPDATE runs SET reason = @reason WHERE id = @id", new { id, reason });

    /// <summary>Ends a run that has not ended.</summary>
    public static void End(StoreSession db, long id, RunState state, string messages, long startedAt, long finishedAt) => db.Connection.Execute(
        """
        UPDATE runs SET state = @state, messages = @messages, started_at = @startedAt, finished_at = @finishedAt WHERE id = @id AND state < 2
        """,
        new { id, state, messages, startedAt, finishedAt });

    /// <summary>Stores the results that a run is ranked by.</summary>
    public static void SetResults(StoreSession db, long id, string results) =>
        db.Connection.Execute("UPDATE runs SET results = @results WHERE id = @id", new { id, results });

    /// <summary>Deletes the run of a job, if any.</summary>
    public static void RemoveByJob(StoreSession db, long job) => db.Connection.Execute("DELETE FROM runs WHERE job_id = @job", new { job });
}
