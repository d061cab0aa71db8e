using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>Stored files that the tasks of a job need; they are kept as long as the job.</summary>
internal static class JobInputTable
{
    /// <summary>Records that a job needs a file; ignores repeats.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file is not stored.</exception>
    public static void Add(StoreSession db, long jobId, string sha256) => db.Connection.Execute(
        "INSERT INTO job_inputs (job_id, sha256) VALUES (@jobId, @sha256) ON CONFLICT DO NOTHING", new { jobId, sha256 });

    /// <summary>Removes up to <paramref name="count"/> inputs of a job; returns how many.</summary>
    public static int RemoveOfJob(StoreSession db, long jobId, int count) => db.Connection.Execute(
        """
        DELETE FROM job_inputs WHERE job_id = @jobId AND sha256 IN (SELECT sha256 FROM job_inputs WHERE job_id = @jobId LIMIT @count)
        """,
        new { jobId, count });
}
