namespace Farm.Server.Operations.Images;

/// <summary>The path of a job's files, on disk and in URLs (Contracts/Flamenco/Contract.md section 5).</summary>
internal static class JobDirectory
{
    /// <summary><c>job-c2a4/c2a4f9f2-…</c>, with <c>/</c> on every system.</summary>
    public static string Relative(Guid job)
    {
        var id = job.ToString("D");
        return $"job-{id[..4]}/{id}";
    }

    public static string Of(string artifactsDirectory, Guid job)
    {
        var id = job.ToString("D");
        return Path.Combine(artifactsDirectory, $"job-{id[..4]}", id);
    }
}
