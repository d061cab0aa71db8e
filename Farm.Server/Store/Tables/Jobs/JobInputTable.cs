using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>Stored contents that the tasks of a job need; they are kept for as long as the job is.</summary>
internal static class JobInputTable
{
    /// <summary>Notes that a job needs a content; once is enough.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The farm does not have this content.</exception>
    public static void Add(SqliteSession db, long jobId, string sha256) =>
        db.Execute("INSERT INTO job_inputs (job_id, sha256) VALUES ($1, $2) ON CONFLICT DO NOTHING", jobId, sha256);

    /// <summary>Notes that a job needs some contents no more, at most so many at once; false when it needs none.</summary>
    public static bool RemoveOfJob(SqliteSession db, long jobId, int count) => db.Execute(
        "DELETE FROM job_inputs WHERE job_id = $1 AND sha256 IN (SELECT sha256 FROM job_inputs WHERE job_id = $1 LIMIT $2)", jobId, count) > 0;
}
