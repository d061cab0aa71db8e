using Dapper;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>A job to insert, without its tasks.</summary>
internal sealed record NewJobRow(
    Guid Uuid, string Name, string Type, JobStatus StatusAfterBuild, int Priority, string SubmitterPlatform, string Settings, string Metadata,
    string? Storage, long? WorkerTagId, long StepsTotal, long CreatedAt, bool StaysOpen = false, string Kind = "", JobOwner Owner = default)
{
    /// <summary>The account that submitted it; null without one.</summary>
    public long? SubmittedBy => Owner.AccountId;

    /// <summary>The address of the machine that it was submitted from; empty if it is not known.</summary>
    public string SubmittedFrom => Owner.Address ?? "";
}

/// <summary>A task to insert.</summary>
/// <param name="Stage">The number of its stage in the job.</param>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Name">The display name.</param>
/// <param name="Commands">Its commands.</param>
/// <param name="StepsTotal">The number of steps.</param>
/// <param name="Frames">Its frames; null for none.</param>
internal readonly record struct NewTaskRow(int Stage, Guid Uuid, string Name, NewCommandList Commands, int StepsTotal, string? Frames = null);

/// <summary>Inserts new jobs.</summary>
internal static class NewJobTable
{
    /// <summary>Inserts a job under construction, without tasks and without its long texts.</summary>
    public static long Insert(StoreSession db, NewJobRow job) => db.Connection.ExecuteScalar<long>(
        """
        INSERT INTO jobs (uuid, name, type, status, status_after_build, priority, submitter_platform, settings, metadata, storage,
          worker_tag_id, steps_total, created_at, updated_at, stays_open, kind, mass_change,
          submitted_by, submitted_from)
        VALUES (@Uuid, @Name, @Type, 0, @StatusAfterBuild, @Priority, @SubmitterPlatform, @Settings, @Metadata, @Storage,
          @WorkerTagId, @StepsTotal, @CreatedAt, @CreatedAt, @StaysOpen, @Kind, 1, @SubmittedBy, @SubmittedFrom)
        RETURNING id
        """,
        job with { Settings = LongText.InRow(job.Settings), Metadata = LongText.InRow(job.Metadata) });

    /// <summary>The manager that writes the tasks of a job under construction; null if it is not known.</summary>
    public static Guid? Builder(StoreSession db, long id) => db.First("SELECT built_by FROM jobs WHERE id = $1", static row => row.UuidOrNull(0), id);

    /// <summary>Lets a manager go on with a job under construction.</summary>
    public static void SetBuilder(StoreSession db, long id, Guid manager) => db.Execute("UPDATE jobs SET built_by = $2 WHERE id = $1", id, manager);

    /// <summary>The status of a job after its construction.</summary>
    public static JobStatus StatusAfterBuild(StoreSession db, long id) =>
        db.Connection.ExecuteScalar<JobStatus>("SELECT status_after_build FROM jobs WHERE id = @id", new { id });

    /// <summary>Inserts a list of commands, shared by tasks with equal commands.</summary>
    /// <param name="db">The session.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="commands">The commands as JSON; or their difference from <paramref name="baseId"/>.</param>
    /// <param name="baseId">Another list of the job; null if the commands are whole.</param>
    public static long InsertCommands(StoreSession db, long jobId, string commands, long? baseId = null) =>
        db.Insert("INSERT INTO command_lists (job_id, commands, base_id) VALUES ($1, $2, $3)", jobId, commands, baseId);

    /// <summary>Inserts a task.</summary>
    /// <returns>The id of the task.</returns>
    public static long InsertTask(
        StoreSession db, long jobId, long stageId, long number, in NewTaskRow task, long commandList, long now,
        TaskStatus status = TaskStatus.Queued) => db.Insert(
        """
        INSERT INTO tasks (uuid, job_id, stage_id, number, name, status, steps_total, command_list_id, updated_at, frames)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        task.Uuid, jobId, stageId, number, task.Name, status, task.StepsTotal, commandList, now, task.Frames);

    /// <summary>Adds inserted tasks to the counters of their stage and job.</summary>
    public static void Count(StoreSession db, long jobId, long stageId, long tasks, long now)
    {
        db.Execute("UPDATE stages SET ready = ready + $2, incomplete = incomplete + $2 WHERE id = $1", stageId, tasks);
        db.Execute("UPDATE jobs SET tasks_queued = tasks_queued + $2, updated_at = $3 WHERE id = $1", jobId, tasks, now);
    }
}
