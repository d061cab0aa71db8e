using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>What of a submission is stored, enough to compile it again.</summary>
internal sealed record StoredSubmission(string Type, string Settings, string Metadata, string SubmitterPlatform, long CreatedAt, string? Source);

/// <summary>Reads submissions back.</summary>
internal static class StoredSubmissionTable
{
    /// <summary>The submission that a job was made of.</summary>
    public static StoredSubmission Read(SqliteSession db, long jobId) => db.Connection.QueryFirst<StoredSubmission>(
        """
        SELECT j.type, j.settings, j.metadata, j.submitter_platform, j.created_at, s.source
        FROM jobs j LEFT JOIN job_sources s ON s.job_id = j.id WHERE j.id = @jobId
        """,
        new { jobId });

    /// <summary>Keeps what else a job was made of.</summary>
    public static void InsertSource(SqliteSession db, long jobId, string source) =>
        db.Connection.Execute("INSERT INTO job_sources (job_id, source) VALUES (@jobId, @source)", new { jobId, source });
}
