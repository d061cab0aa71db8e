using Farm.Server.Domain.Artifacts;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Files;

/// <summary>A file that a worker sent for the task that it holds.</summary>
/// <param name="Uuid">The id that clients will see.</param>
/// <param name="JobId">The job.</param>
/// <param name="TaskId">The task.</param>
/// <param name="AttemptId">The attempt that produced it.</param>
/// <param name="Path">Relative, parts separated by <c>/</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its content, which is stored.</param>
/// <param name="MediaType">What its name says it is.</param>
internal sealed record NewArtifactRow(
    Guid Uuid, long JobId, long TaskId, long AttemptId, string Path, long Size, string Sha256, string MediaType);

/// <summary>
/// Files that tasks produced. Those of an attempt are seen once it completed the task, which is a matter of the attempt's row alone: they appear
/// in the transaction that completes the task. A task has files of its present attempt, or of the one that completed it, and no others.
/// </summary>
internal static class ArtifactTable
{
    private const string Columns =
        "a.uuid, j.uuid, t.uuid, t.name, t.number, a.path, a.size, a.sha256, a.media_type, a.created_at";

    /// <summary>Files that can be seen: outcome 1 is that of an attempt that completed its task.</summary>
    private const string Seen =
        """
        FROM artifacts a JOIN attempts n ON n.id = a.attempt_id AND n.outcome = 1 JOIN tasks t ON t.id = a.task_id JOIN jobs j ON j.id = a.job_id
        """;

    /// <summary>Writes a file, in the place of one of the same path that the attempt sent before.</summary>
    public static void Insert(SqliteSession db, NewArtifactRow file, long now)
    {
        RemoveOfPath(db, file.AttemptId, file.Path);
        db.Execute(
            """
            INSERT INTO artifacts (uuid, job_id, task_id, attempt_id, position, path, size, sha256, media_type, created_at)
            VALUES ($1, $2, $3, $4, (SELECT coalesce(max(position) + 1, 0) FROM artifacts WHERE attempt_id = $4), $5, $6, $7, $8, $9)
            """,
            file.Uuid, file.JobId, file.TaskId, file.AttemptId, file.Path, file.Size, file.Sha256, file.MediaType, now);
    }

    /// <summary>Removes the file of a path of an attempt, if there is one.</summary>
    public static void RemoveOfPath(SqliteSession db, long attemptId, string path) =>
        db.Execute("DELETE FROM artifacts WHERE attempt_id = $1 AND path = $2", attemptId, path);

    /// <summary>How many files the tasks of a job produced and their bytes, seen or not yet.</summary>
    public static (long Files, long Bytes) TotalOfJob(SqliteSession db, long jobId) => db.First(
        "SELECT artifact_files, artifact_bytes FROM jobs WHERE id = $1", static row => (row.GetInt64(0), row.GetInt64(1)), jobId);

    /// <summary>The file with this id, or null when there is none that can be seen.</summary>
    public static Artifact? ByUuid(SqliteSession db, Guid uuid) => db.First($"SELECT {Columns} {Seen} WHERE a.uuid = $1", Read, uuid);

    /// <summary>The files of a task that can be seen, in the order in which they were sent.</summary>
    public static List<Artifact> OfTask(SqliteSession db, long taskId) =>
        db.All($"SELECT {Columns} {Seen} WHERE a.task_id = $1 ORDER BY a.position", Read, taskId);

    /// <summary>Files of a job that can be seen, by the places of their tasks and then in the order in which they were sent.</summary>
    public static List<Artifact> OfJob(SqliteSession db, long jobId, int count, int skip) => db.All(
        $"SELECT {Columns} {Seen} WHERE a.job_id = $1 ORDER BY a.task_id, a.position LIMIT $2 OFFSET $3", Read, jobId, count, skip);

    /// <summary>How many files of a job can be seen, and their bytes.</summary>
    public static (long Files, long Bytes) SeenOfJob(SqliteSession db, long jobId) => db.First(
        $"SELECT count(*), coalesce(sum(a.size), 0) {Seen} WHERE a.job_id = $1", static row => (row.GetInt64(0), row.GetInt64(1)), jobId);

    /// <summary>Removes the files of a task.</summary>
    public static void RemoveOfTask(SqliteSession db, long taskId) => db.Execute("DELETE FROM artifacts WHERE task_id = $1", taskId);

    /// <summary>Removes the files of the tasks of one status in a range of places of a job.</summary>
    public static void RemoveOfTasks(SqliteSession db, long jobId, long from, long to, TaskStatus status) => db.Execute(
        """
        DELETE FROM artifacts WHERE task_id IN (SELECT id FROM tasks WHERE job_id = $1 AND number BETWEEN $2 AND $3 AND status = $4)
        """,
        jobId, from, to, status);

    /// <summary>Removes files of a job, at most so many at once; false when it has none.</summary>
    public static bool RemoveOfJob(SqliteSession db, long jobId, int count) => db.Execute(
        "DELETE FROM artifacts WHERE id IN (SELECT id FROM artifacts WHERE job_id = $1 LIMIT $2)", jobId, count) > 0;

    private static Artifact Read(SqliteRow row) => new(
        row.Uuid(0), row.Uuid(1), row.Uuid(2), row.GetString(3), row.GetInt32(4), row.GetString(5), row.GetInt64(6), row.GetString(7),
        row.GetString(8), row.GetInt64(9));
}
