using Dapper;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Store.Views.Farm;

/// <summary>How many jobs are in a status, and how many tasks they have in each.</summary>
internal sealed record JobStatusCount : CountedTasks
{
    /// <summary>The status.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>How many jobs.</summary>
    public required long Jobs { get; init; }
}

/// <summary>How many workers are in a status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Workers">How many workers.</param>
internal sealed record WorkerStatusCount(WorkerStatus Status, long Workers);

/// <summary>The farm in numbers. Tasks are never counted one by one: each job knows how many it has in each status.</summary>
internal static class FarmCountsView
{
    private const string JobCounts =
        """
        SELECT status, count(*) AS jobs, sum(tasks_queued) AS tasks_queued, sum(tasks_soft_failed) AS tasks_soft_failed,
          sum(tasks_pended) AS tasks_pended, sum(tasks_active) AS tasks_active, sum(tasks_paused) AS tasks_paused,
          sum(tasks_completed) AS tasks_completed, sum(tasks_failed) AS tasks_failed, sum(tasks_canceled) AS tasks_canceled
        FROM jobs WHERE delete_requested_at IS NULL GROUP BY status
        """;

    private const string WorkerCounts = "SELECT status, count(*) AS workers FROM workers WHERE deleted_at IS NULL GROUP BY status";

    /// <summary>Answered by an index, so that jobs which are being deleted count until they are gone.</summary>
    private const string Whole =
        """
        SELECT j.active AS jobs_active, j.queued AS jobs_queued, w.present AS workers_present, w.awake AS workers_awake, w.asleep AS workers_asleep
        FROM (SELECT coalesce(sum(status = 2), 0) AS active, coalesce(sum(status = 1), 0) AS queued FROM jobs WHERE status IN (1, 2)) j,
          (SELECT coalesce(sum(status NOT IN (0, 4)), 0) AS present, coalesce(sum(status = 2), 0) AS awake, coalesce(sum(status = 3), 0) AS asleep
           FROM workers WHERE deleted_at IS NULL) w
        """;

    /// <summary>The jobs of each status that any is in; those that are being deleted are not counted.</summary>
    public static List<JobStatusCount> Jobs(SqliteSession db) => db.Connection.Query<JobStatusCount>(JobCounts).AsList();

    /// <summary>The workers of each status that any is in; removed ones are not counted.</summary>
    public static List<WorkerStatusCount> Workers(SqliteSession db) => db.Connection.Query<WorkerStatusCount>(WorkerCounts).AsList();

    /// <summary>What the status of the farm as a whole follows from.</summary>
    public static FarmFacts Facts(SqliteSession db) => db.Connection.QueryFirst<FarmFacts>(Whole);
}
