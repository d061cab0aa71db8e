using Dapper;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Files;

/// <summary>A file that a worker sent for the task that it holds.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="JobId">The job.</param>
/// <param name="TaskId">The task.</param>
/// <param name="AttemptId">The attempt that produced it.</param>
/// <param name="Path">Relative, parts separated by <c>/</c>.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">The hash of its content, which is already stored.</param>
/// <param name="MediaType">The media type, from the file name.</param>
internal sealed record NewArtifactRow(
    Guid Uuid, long JobId, long TaskId, long AttemptId, string Path, long Size, string Sha256, string MediaType);

/// <summary>
/// Reads and writes task output. The files of an attempt become visible in the transaction in which it completes the task, because
/// visibility depends only on the attempt's row. A task has only files of its current attempt, or of the one that completed it.
/// </summary>
internal static class ArtifactTable
{
    /// <summary>Inserts a file; replaces one with the same path from the same attempt.</summary>
    public static void Insert(StoreSession db, NewArtifactRow file, long now)
    {
        RemoveOfPath(db, file.AttemptId, file.Path);
        db.Connection.Execute(
            """
            INSERT INTO artifacts (uuid, job_id, task_id, attempt_id, position, path, size, sha256, media_type, created_at)
            VALUES (@Uuid, @JobId, @TaskId, @AttemptId, (SELECT coalesce(max(position) + 1, 0) FROM artifacts WHERE attempt_id = @AttemptId),
              @Path, @Size, @Sha256, @MediaType, @now)
            """,
            new { file.Uuid, file.JobId, file.TaskId, file.AttemptId, file.Path, file.Size, file.Sha256, file.MediaType, now });
    }

    /// <summary>Removes the attempt's file with this path, if any.</summary>
    public static void RemoveOfPath(StoreSession db, long attempt, string path) =>
        db.Connection.Execute("DELETE FROM artifacts WHERE attempt_id = @attempt AND path = @path", new { attempt, path });

    /// <summary>Number and total size of the job's files, visible or not.</summary>
    public static FileTotals TotalOfJob(StoreSession db, long job) => db.Connection.QueryFirstOrDefault<FileTotals>(
        "SELECT artifact_files AS files, artifact_bytes AS bytes FROM jobs WHERE id = @job", new { job });

    /// <summary>Removes the files of a task.</summary>
    public static void RemoveOfTask(StoreSession db, long taskId) => db.Execute("DELETE FROM artifacts WHERE task_id = $1", taskId);

    /// <summary>Removes up to <paramref name="count"/> files of a job's tasks in a range of indexes that have a given status; returns how many.</summary>
    public static int RemoveOfTasks(StoreSession db, long jobId, long from, long to, TaskStatus status, int count) => db.Execute(
        """
        DELETE FROM artifacts WHERE id IN (
          SELECT a.id FROM tasks t JOIN artifacts a ON a.task_id = t.id WHERE t.job_id = $1 AND t.number BETWEEN $2 AND $3 AND t.status = $4 LIMIT $5)
        """,
        jobId, from, to, status, count);

    /// <summary>Removes up to <paramref name="count"/> files of a job; returns how many.</summary>
    public static int RemoveOfJob(StoreSession db, long jobId, int count) => db.Execute(
        "DELETE FROM artifacts WHERE id IN (SELECT id FROM artifacts WHERE job_id = $1 LIMIT $2)", jobId, count);
}
