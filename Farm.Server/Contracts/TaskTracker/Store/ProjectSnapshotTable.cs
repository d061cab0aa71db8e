using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>What projects had over time.</summary>
internal static class ProjectSnapshotTable
{
    private const string Columns = "taken_at, waiting, failed, closed, accesses, awaiting";

    /// <summary>Writes what a project has now; a second one of the same moment replaces the first.</summary>
    public static void Set(SqliteSession db, long jobId, ProjectSnapshot snapshot) => db.Execute(
        $"INSERT OR REPLACE INTO project_snapshots (job_id, {Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        jobId, snapshot.TakenAt, snapshot.Waiting, snapshot.Failed, snapshot.Closed, snapshot.Accesses, snapshot.Awaiting);

    /// <summary>The newest, newest first.</summary>
    public static List<ProjectSnapshot> Newest(SqliteSession db, long jobId, int count) => db.All(
        $"SELECT {Columns} FROM project_snapshots WHERE job_id = $1 ORDER BY taken_at DESC LIMIT $2", Read, jobId, count);

    /// <summary>Those of a time, newest first.</summary>
    /// <param name="db">The statements.</param>
    /// <param name="jobId">The project.</param>
    /// <param name="from">The first moment, unix milliseconds.</param>
    /// <param name="to">The last moment.</param>
    public static List<ProjectSnapshot> Between(SqliteSession db, long jobId, long from, long to) => db.All(
        $"SELECT {Columns} FROM project_snapshots WHERE job_id = $1 AND taken_at BETWEEN $2 AND $3 ORDER BY taken_at DESC", Read, jobId, from, to);

    /// <summary>Removes those of a project before a moment, at most so many; returns how many.</summary>
    public static int RemoveBefore(SqliteSession db, long jobId, long moment, int most) => db.Execute(
        """
        DELETE FROM project_snapshots WHERE job_id = $1 AND taken_at IN (
          SELECT taken_at FROM project_snapshots WHERE job_id = $1 AND taken_at < $2 ORDER BY taken_at LIMIT $3)
        """,
        jobId, moment, most);

    private static ProjectSnapshot Read(SqliteRow row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
}
