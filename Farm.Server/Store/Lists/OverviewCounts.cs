using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Lists;

/// <summary>The farm in numbers. Tasks are never counted one by one: each job knows how many it has in each status.</summary>
internal static class OverviewCounts
{
    /// <summary>How many jobs are in each status that any is in, and how many tasks these jobs have in each status.</summary>
    public static List<(JobStatus Status, long Jobs, TaskCounts Tasks)> Jobs(SqliteSession db) => db.All(
        """
        SELECT status, count(*), sum(tasks_queued), sum(tasks_soft_failed), sum(tasks_pended), sum(tasks_active),
          sum(tasks_paused), sum(tasks_completed), sum(tasks_failed), sum(tasks_canceled)
        FROM jobs WHERE delete_requested_at IS NULL GROUP BY status
        """,
        static row => ((JobStatus)row.GetInt32(0), row.GetInt64(1), new TaskCounts(
            row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5),
            row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9))));

    /// <summary>How many workers are in each status that any is in.</summary>
    public static List<(WorkerStatus Status, long Workers)> Workers(SqliteSession db) => db.All(
        "SELECT status, count(*) FROM workers WHERE deleted_at IS NULL GROUP BY status",
        static row => ((WorkerStatus)row.GetInt32(0), row.GetInt64(1)));
}
