using Dapper;
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

/// <summary>Runs in the store.</summary>
internal static class RunTable
{
    /// <summary>The columns of a run <c>r</c>. One that is not over is running once there was an attempt at its task.</summary>
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

    /// <summary>The run that clients know by this id, or null.</summary>
    public static Run? ByUuid(SqliteSession db, Guid uuid) =>
        db.Connection.QueryFirstOrDefault<Run>($"{Runs} WHERE r.uuid = @uuid", new { uuid });

    /// <summary>The run of a job, or null.</summary>
    public static Run? ByJob(SqliteSession db, long job) => db.Connection.QueryFirstOrDefault<Run>($"{Runs} WHERE r.job_id = @job", new { job });

    /// <summary>The oldest runs of a group.</summary>
    public static List<Run> OfGroup(SqliteSession db, long group, int count = int.MaxValue) =>
        db.Connection.Query<Run>($"{Runs} WHERE r.group_id = @group ORDER BY r.id LIMIT @count", new { group, count }).AsList();

    /// <summary>Writes a run that nobody has begun.</summary>
    public static void Insert(SqliteSession db, Run run) => db.Connection.Execute(
        """
        INSERT INTO runs (uuid, job_id, group_id, arguments, outputs, steps, created_at)
        VALUES (@Uuid, @JobId, @GroupId, @Arguments, @Outputs, @Steps, @CreatedAt)
        """,
        run);

    /// <summary>Remembers why someone is about to cancel a run.</summary>
    public static void SetReason(SqliteSession db, long id, string? reason) =>
        db.Connection.Execute("UPDATE runs SET reason = @reason WHERE id = @id", new { id, reason });

    /// <summary>Writes the end of a run that is not over.</summary>
    public static void End(SqliteSession db, long id, RunState state, string messages, long startedAt, long finishedAt) => db.Connection.Execute(
        """
        UPDATE runs SET state = @state, messages = @messages, started_at = @startedAt, finished_at = @finishedAt WHERE id = @id AND state < 2
        """,
        new { id, state, messages, startedAt, finishedAt });

    /// <summary>Remembers what a run is ranked by.</summary>
    public static void SetResults(SqliteSession db, long id, string results) =>
        db.Connection.Execute("UPDATE runs SET results = @results WHERE id = @id", new { id, results });

    /// <summary>Removes the run of a job, where it has one.</summary>
    public static void RemoveByJob(SqliteSession db, long job) => db.Connection.Execute("DELETE FROM runs WHERE job_id = @job", new { job });
}
