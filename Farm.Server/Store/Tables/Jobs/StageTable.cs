using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>A stage that has tasks to hand out.</summary>
/// <param name="Id">The stage.</param>
/// <param name="JobId">Its job; ids are in order of creation.</param>
/// <param name="Number">Index in the job.</param>
/// <param name="TaskType">What a worker must support.</param>
/// <param name="Priority">The priority of its tasks.</param>
/// <param name="JobPriority">The priority of its job.</param>
/// <param name="Blocked">Which of the workers of interest its job blocks for the type.</param>
internal readonly record struct ReadyStage(long Id, long JobId, int Number, string TaskType, int Priority, int JobPriority, long[] Blocked);

/// <summary>A stage to insert.</summary>
/// <param name="Name">The display name.</param>
/// <param name="TaskType">What a worker must support to get its tasks.</param>
/// <param name="Priority">The priority of its tasks.</param>
/// <param name="FailureIsFinal">Whether a reported failure is final.</param>
internal readonly record struct NewStage(string Name, string TaskType, int Priority, bool FailureIsFinal);

/// <summary>What a stage requires of workers.</summary>
/// <param name="TaskType">The task type that they must support.</param>
/// <param name="WorkerTag">The tag that they must have, from the job or the stage; null for none.</param>
/// <param name="FailureIsFinal">Whether a reported failure is final.</param>
internal sealed record StageRequirements(string TaskType, long? WorkerTag, bool FailureIsFinal);

/// <summary>
/// Reads and writes stages, which make the cost of scheduling independent of the number of tasks (Docs/design.md section 3).
/// </summary>
internal static class StageTable
{
    private static readonly IdQuery ReadyQuery = new(
        """
        SELECT id, job_id, number, task_type, priority, job_priority,
          (SELECT group_concat(CAST(b.worker_id AS TEXT), ',') FROM blocklist b
           WHERE b.job_id = stages.job_id AND b.task_type = stages.task_type AND b.worker_id IN ids($5))
        FROM stages WHERE task_type = $1 AND worker_tag_id = $2 AND hands_out = 1 AND unmet = 0 AND ready > 0
        ORDER BY job_priority DESC, priority DESC, job_id, number LIMIT $3 OFFSET $4
        """);

    /// <summary>
    /// The best stages with ready tasks of a type, best first: job priority, task priority, age of the job, index in the job
    /// (Contracts/Flamenco/Contract.md section 4.6).
    /// </summary>
    /// <param name="db">The session.</param>
    /// <param name="workers">The workers of interest.</param>
    /// <param name="taskType">The task type.</param>
    /// <param name="tag">The required tag; 0 for stages that require none.</param>
    /// <param name="count">Maximum number of results.</param>
    /// <param name="skip">Number of stages to skip.</param>
    public static List<ReadyStage> Ready(StoreSession db, IdSet workers, string taskType, long tag, int count, int skip) =>
        db.All(ReadyQuery.For(workers), Read, taskType, tag, count, skip, workers.Value);

    /// <summary>What a stage requires of workers.</summary>
    public static StageRequirements Requirements(StoreSession db, long id) => db.First(
        "SELECT task_type, worker_tag_id, failure_is_final FROM stages WHERE id = $1",
        static row => new StageRequirements(row.GetString(0), row.GetInt64(1) is > 0 and var tag ? tag : null, row.Flag(2)), id)!;

    /// <summary>Inserts a stage without tasks.</summary>
    public static long Insert(StoreSession db, long jobId, int number, NewStage stage, int jobPriority, long? workerTag) => db.Insert(
        """
        INSERT INTO stages (job_id, number, name, task_type, priority, job_priority, worker_tag_id, failure_is_final)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        jobId, number, stage.Name, stage.TaskType, stage.Priority, jobPriority, workerTag ?? 0, stage.FailureIsFinal);

    /// <summary>Sets the parameters that are shared by all commands of a stage.</summary>
    public static void SetSharedParameters(StoreSession db, long id, string parameters) =>
        db.Execute("UPDATE stages SET shared_parameters = $2 WHERE id = $1", id, parameters);

    /// <summary>Sets the stage's own tag, which the tag of the job does not replace.</summary>
    public static void SetOwnTag(StoreSession db, long id, long tag) =>
        db.Execute("UPDATE stages SET worker_tag_id = $2, has_own_tag = 1 WHERE id = $1", id, tag);

    /// <summary>Inserts a stage of an open job, without tasks.</summary>
    public static long InsertOpen(StoreSession db, Job job, string taskType, int priority) => db.Insert(
        """
        INSERT INTO stages (job_id, number, name, task_type, priority, job_priority, worker_tag_id, hands_out, stays_open)
        VALUES ($1, (SELECT coalesce(max(number) + 1, 0) FROM stages WHERE job_id = $1), $2, $2, $3, $4, $5, $6, 1)
        """,
        job.Id, taskType, priority, job.Priority, job.WorkerTagId ?? 0, job.Status.HandsOutTasks());

    /// <summary>The stage of an open job for tasks of a type and priority without votes; 0 if there is none.</summary>
    public static long FindOpen(StoreSession db, long jobId, string taskType, int priority) => db.Number(
        "SELECT id FROM stages WHERE job_id = $1 AND task_type = $2 AND priority = $3 AND voters = '' AND stays_open = 1",
        jobId, taskType, priority);

    /// <summary>The counterpart of a stage of an open job for tasks on which these workers voted; inserted if missing.</summary>
    /// <param name="db">The writer's session.</param>
    /// <param name="id">The original stage.</param>
    /// <param name="voters">The voters in the format of the protocol; empty for none.</param>
    public static long WithVoters(StoreSession db, long id, string voters)
    {
        var found = db.Number(
            """
            SELECT s.id FROM stages o JOIN stages s ON s.job_id = o.job_id AND s.task_type = o.task_type AND s.priority = o.priority
            WHERE o.id = $1 AND s.voters = $2 AND s.stays_open = 1
            """,
            id, voters);
        return found > 0 ? found : db.Insert(
            """
            INSERT INTO stages (job_id, number, name, task_type, priority, job_priority, worker_tag_id, hands_out, stays_open, voters)
            SELECT job_id, (SELECT max(number) + 1 FROM stages WHERE job_id = o.job_id), name, task_type, priority, job_priority, worker_tag_id,
              hands_out, stays_open, $2
            FROM stages o WHERE id = $1
            """,
            id, voters);
    }

    /// <summary>Moves a task to another stage and updates the counters of both.</summary>
    public static void MoveTask(StoreSession db, long taskId, TaskStatus status, long from, long to)
    {
        if (from == to) return;
        db.Execute("UPDATE tasks SET stage_id = $2 WHERE id = $1", taskId, to);
        var (ready, incomplete) = (status.IsReady() ? 1 : 0, status == TaskStatus.Completed ? 0 : 1);
        Count(db, from, -ready, -incomplete);
        Count(db, to, ready, incomplete);
    }

    /// <summary>The highest priority below a limit at which an open job has ready tasks of a type; null if there is none.</summary>
    public static int? ReadyPriorityBelow(StoreSession db, long jobId, string taskType, long below) => db.First(
        """
        SELECT priority FROM stages
        WHERE job_id = $1 AND task_type = $2 AND priority < $3 AND stays_open = 1 AND hands_out = 1 AND unmet = 0 AND ready > 0
        ORDER BY priority DESC LIMIT 1
        """,
        static row => (int?)row.GetInt32(0), jobId, taskType, below);

    /// <summary>Adds new tasks to the counters of a stage.</summary>
    public static void AddTasks(StoreSession db, long id, TaskStatus status, long tasks) => db.Execute(
        "UPDATE stages SET ready = ready + $2, incomplete = incomplete + $3 WHERE id = $1", id, status.IsReady() ? tasks : 0, tasks);

    /// <summary>Records that a stage depends on another of the same job.</summary>
    public static void InsertDependency(StoreSession db, long id, long onId) =>
        db.Execute("INSERT INTO stage_dependencies (stage_id, on_stage_id) VALUES ($1, $2)", id, onId);

    /// <summary>The stages of a job, by number.</summary>
    public static List<long> OfJob(StoreSession db, long jobId) =>
        db.All("SELECT id FROM stages WHERE job_id = $1 ORDER BY number", row => row.GetInt64(0), jobId);

    /// <summary>Changes the counters of ready and incomplete tasks of a stage, and updates the stages that depend on it.</summary>
    public static void Count(StoreSession db, long id, long ready, long incomplete)
    {
        if (incomplete == 0)
        {
            if (ready != 0) db.Later("UPDATE stages SET ready = ready + $2 WHERE id = $1", id, ready);
            return;
        }

        var left = db.First(
            "UPDATE stages SET ready = ready + $2, incomplete = incomplete + $3 WHERE id = $1 RETURNING incomplete",
            static row => row.GetInt64(0), id, ready, incomplete);
        var before = left - incomplete;
        if (left == 0 && before > 0) CountUnmet(db, id, -1);
        else if (left > 0 && before == 0) CountUnmet(db, id, 1);
    }

    /// <summary>Whether a job has ready tasks in stages without unmet dependencies.</summary>
    public static bool AnyReady(StoreSession db, long jobId) =>
        db.Number("SELECT count(*) FROM stages WHERE job_id = $1 AND unmet = 0 AND ready > 0", jobId) > 0;

    /// <summary>Sets whether the stages of a job may hand out tasks.</summary>
    public static void SetHandsOut(StoreSession db, long jobId, bool handsOut) =>
        db.Execute("UPDATE stages SET hands_out = $2 WHERE job_id = $1 AND hands_out <> $2", jobId, handsOut);

    /// <summary>Sets the job priority of all stages of a job.</summary>
    public static void SetJobPriority(StoreSession db, long jobId, int priority) =>
        db.Execute("UPDATE stages SET job_priority = $2 WHERE job_id = $1", jobId, priority);

    /// <summary>Sets the required tag of all stages of a job except those with their own tag; null for any worker.</summary>
    public static void SetWorkerTag(StoreSession db, long jobId, long? tag) =>
        db.Execute("UPDATE stages SET worker_tag_id = $2 WHERE job_id = $1 AND has_own_tag = 0", jobId, tag ?? 0);

    /// <summary>Counts the unmet dependencies of each stage of a job, after all its tasks are written.</summary>
    public static void CountDependencies(StoreSession db, long jobId) => db.Execute(
        """
        UPDATE stages SET unmet = (
          SELECT count(*) FROM stage_dependencies d JOIN stages other ON other.id = d.on_stage_id
          WHERE d.stage_id = stages.id AND other.incomplete > 0)
        WHERE job_id = $1
        """,
        jobId);

    private static void CountUnmet(StoreSession db, long id, int change) => db.Execute(
        "UPDATE stages SET unmet = unmet + $2 WHERE id IN (SELECT stage_id FROM stage_dependencies WHERE on_stage_id = $1)", id, change);

    private static ReadyStage Read(StoreRow row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), IdList.Joined(row.TextOrNull(6)));
}
