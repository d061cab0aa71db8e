using Dapper;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>Snapshots of projects.</summary>
internal static class ProjectSnapshotTable
{
    private const string Columns = "taken_at, waiting, failed, closed, accesses, awaiting";

    /// <summary>Inserts a snapshot, replacing one of the same time.</summary>
    public static void Set(StoreSession db, long job, ProjectSnapshot snapshot) => db.Connection.Execute(
        $"""
        INSERT INTO project_snapshots (job_id, {Columns}) VALUES (@job, @TakenAt, @Waiting, @Failed, @Closed, @Accesses, @Awaiting)
        ON CONFLICT (job_id, taken_at) DO UPDATE SET waiting = excluded.waiting, failed = excluded.failed, closed = excluded.closed,
          accesses = excluded.accesses, awaiting = excluded.awaiting
        """,
        new { job, snapshot.TakenAt, snapshot.Waiting, snapshot.Failed, snapshot.Closed, snapshot.Accesses, snapshot.Awaiting });

    /// <summary>The newest snapshots, newest first.</summary>
    public static List<ProjectSnapshot> Newest(StoreSession db, long job, int count) => db.Connection.Query<ProjectSnapshot>(
        $"SELECT {Columns} FROM project_snapshots WHERE job_id = @job ORDER BY taken_at DESC LIMIT @count", new { job, count }).AsList();

    /// <summary>The snapshots between two times, newest first.</summary>
    /// <param name="db">The session.</param>
    /// <param name="job">The project.</param>
    /// <param name="from">The first time, unix milliseconds.</param>
    /// <param name="to">The last time, unix milliseconds.</param>
    public static List<ProjectSnapshot> Between(StoreSession db, long job, long from, long to) => db.Connection.Query<ProjectSnapshot>(
        $"SELECT {Columns} FROM project_snapshots WHERE job_id = @job AND taken_at BETWEEN @from AND @to ORDER BY taken_at DESC",
        new { job, from, to }).AsList();

    /// <summary>Deletes snapshots of a project before a time, up to a maximum; returns how many.</summary>
    public static int RemoveBefore(StoreSession db, long job, long time, int max) => db.Connection.Execute(
        """
        DELETE FROM project_snapshots WHERE job_id = @job AND taken_at IN (
          SELECT taken_at FROM project_snapshots WHERE job_id = @job AND taken_at < @time ORDER BY taken_at LIMIT @max)
        """,
        new { job, time, max });
}
