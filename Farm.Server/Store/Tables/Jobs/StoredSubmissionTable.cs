using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>The stored parts of a submission, enough to compile it again.</summary>
internal sealed record StoredSubmission(string Type, string Settings, string Metadata, string SubmitterPlatform, long CreatedAt, string? Source);

/// <summary>Reads stored submissions.</summary>
internal static class StoredSubmissionTable
{
    /// <summary>The submission from which a job was created.</summary>
    public static StoredSubmission Read(StoreSession db, long jobId) => db.Connection.QueryFirst<StoredSubmission>(
        $"""
        SELECT j.type, {LongTextTable.Settings} AS settings, {LongTextTable.Metadata} AS metadata, j.submitter_platform, j.created_at,
          {LongTextTable.Source} AS source
        FROM jobs j LEFT JOIN job_sources s ON s.job_id = j.id WHERE j.id = @jobId
        """,
        new { jobId });

    /// <summary>Stores the <see cref="JobTypes.Drafts.JobDraft.Source"/> of a job.</summary>
    public static void InsertSource(StoreSession db, long jobId, string source) =>
        db.Connection.Execute("INSERT INTO job_sources (job_id, source) VALUES (@jobId, @source)", new { jobId, source });
}
