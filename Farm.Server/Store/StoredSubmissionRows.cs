namespace Farm.Server.Store;

/// <summary>What of a submission is stored, enough to compile it again.</summary>
internal sealed record StoredSubmission(string Type, string Settings, string Metadata, string SubmitterPlatform, long CreatedAt);

/// <summary>Reads submissions back.</summary>
internal static class StoredSubmissionRows
{
    /// <summary>The submission that a job was made of.</summary>
    public static StoredSubmission Read(Statements db, long jobId) => db.First(
        "SELECT type, settings, metadata, submitter_platform, created_at FROM jobs WHERE id = $1",
        static row => new StoredSubmission(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4)), jobId)!;
}
