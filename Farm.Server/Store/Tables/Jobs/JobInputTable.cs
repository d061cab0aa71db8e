using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>Stored contents that the tasks of a job need; they are kept for as long as the job is.</summary>
internal static class JobInputTable
{
    /// <summary>Notes that a job needs a content; once is enough.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The farm does not have this content.</exception>
    public static void Add(SqliteSession db, long jobId, string sha256) => db.Connection.Execute(
        "INSERT INTO job_inputs (job_id, sha256) VALUES (@jobId, @sha256) ON CONFLICT DO NOTHING", new { jobId, sha256 });

    /// <summary>Notes that a job needs some contents no more, at most so many at once; false when it needs none.</summary>
    public static bool RemoveOfJob(SqliteSession db, long jobId, int count) => db.Connection.Execute(
        """
        DELETE FROM job_inputs WHERE job_id = @jobId AND sha256 IN (SELECT sha256 FROM job_inputs WHERE job_id = @jobId LIMIT @count)
        """,
        new { jobId, count }) > 0;
}
