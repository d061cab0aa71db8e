using Dapper;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Store.Views.Farm;

/// <summary>Number of jobs in a status, and of their tasks in each status.</summary>
internal sealed record JobStatusCount : CountedTasks
{
    /// <summary>The status.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>The number of jobs.</summary>
    public required long Jobs { get; init; }
}

/// <summary>Number of workers in a status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Workers">The number of workers.</param>
internal sealed record WorkerStatusCount(WorkerStatus Status, long Workers);

/// <summary>Counts jobs, tasks and workers. Tasks are summed from the counters of their jobs, so their number does not matter.</summary>
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

    /// <summary>Answered by an index, which includes jobs that are being deleted.</summary>
    private const string Whole =
        """
        SELECT j.active AS jobs_active, j.queued AS jobs_queued, w.present AS workers_present, w.awake AS workers_awake, w.asleep AS workers_asleep
        FROM (SELECT count(*) FILTER (WHERE status = 2) AS active, count(*) FILTER (WHERE status = 1) AS queued FROM jobs WHERE status IN (1, 2)) j,
          (SELECT count(*) FILTER (WHERE status NOT IN (0, 4)) AS present, count(*) FILTER (WHERE status = 2) AS awake, count(*) FILTER (WHERE status = 3) AS asleep
           FROM workers WHERE deleted_at IS NULL) w
        """;

    /// <summary>Number of jobs per status, without those being deleted; unused statuses are omitted.</summary>
    public static List<JobStatusCount> Jobs(StoreSession db) => db.Connection.Query<JobStatusCount>(JobCounts).AsList();

    /// <summary>Number of workers per status, without removed ones; unused statuses are omitted.</summary>
    public static List<WorkerStatusCount> Workers(StoreSession db) => db.Connection.Query<WorkerStatusCount>(WorkerCounts).AsList();

    /// <summary>The facts that determine the status of the farm.</summary>
    public static FarmFacts Facts(StoreSession db) => db.Connection.QueryFirst<FarmFacts>(Whole);
}
