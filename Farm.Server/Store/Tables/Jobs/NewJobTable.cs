using Dapper;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>A job whose tasks are about to be written.</summary>
internal sealed record NewJobRow(
    Guid Uuid, string Name, string Type, JobStatus StatusAfterBuild, int Priority, string SubmitterPlatform, string Settings, string Metadata,
    string? Storage, long? WorkerTagId, long StepsTotal, long CreatedAt, bool StaysOpen = false, string Kind = "");

/// <summary>A task ready to be written.</summary>
/// <param name="Stage">The number of its stage in the job.</param>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Commands">Its commands as JSON.</param>
/// <param name="StepsTotal">Its steps.</param>
/// <param name="Frames">The frames that it makes; null if it makes none.</param>
internal readonly record struct NewTaskRow(int Stage, Guid Uuid, string Name, string Commands, int StepsTotal, string? Frames = null);

/// <summary>Writes jobs that are new.</summary>
internal static class NewJobTable
{
    /// <summary>Writes a job under construction, without tasks.</summary>
    public static long Insert(SqliteSession db, NewJobRow job) => db.Connection.ExecuteScalar<long>(
        """
        INSERT INTO jobs (uuid, name, type, status, status_after_build, priority, submitter_platform, settings, metadata, storage,
          worker_tag_id, steps_total, created_at, updated_at, stays_open, kind, mass_change)
        VALUES (@Uuid, @Name, @Type, 0, @StatusAfterBuild, @Priority, @SubmitterPlatform, @Settings, @Metadata, @Storage,
          @WorkerTagId, @StepsTotal, @CreatedAt, @CreatedAt, @StaysOpen, @Kind, 1)
        RETURNING id
        """,
        job);

    /// <summary>The status that a job has once its tasks are written.</summary>
    public static JobStatus StatusAfterBuild(SqliteSession db, long id) =>
        db.Connection.ExecuteScalar<JobStatus>("SELECT status_after_build FROM jobs WHERE id = @id", new { id });

    /// <summary>Writes a list of commands, to be shared by tasks that have the same.</summary>
    public static long InsertCommands(SqliteSession db, long jobId, string commands) =>
        db.Insert("INSERT INTO command_lists (job_id, commands) VALUES ($1, $2)", jobId, commands);

    /// <summary>Writes one task.</summary>
    /// <returns>Its small integer.</returns>
    public static long InsertTask(
        SqliteSession db, long jobId, long stageId, long number, in NewTaskRow task, long commandList, long now,
        TaskStatus status = TaskStatus.Queued) => db.Insert(
        """
        INSERT INTO tasks (uuid, job_id, stage_id, number, name, status, steps_total, command_list_id, updated_at, frames)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        task.Uuid, jobId, stageId, number, task.Name, status, task.StepsTotal, commandList, now, task.Frames);

    /// <summary>Counts tasks that were written, on their stage and job.</summary>
    public static void Count(SqliteSession db, long jobId, long stageId, long tasks, long now)
    {
        db.Execute("UPDATE stages SET ready = ready + $2, incomplete = incomplete + $2 WHERE id = $1", stageId, tasks);
        db.Execute("UPDATE jobs SET tasks_queued = tasks_queued + $2, updated_at = $3 WHERE id = $1", jobId, tasks, now);
    }
}
