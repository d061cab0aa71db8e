namespace Farm.Server.Domain.Artifacts;

/// <summary>Limits on task output (setting <c>artifacts</c>).</summary>
/// <param name="MaxFileBytes">Maximum size of a file (<c>max_file_bytes</c>).</param>
/// <param name="MaxJobBytes">Maximum total size of a job's files (<c>max_job_bytes</c>).</param>
/// <param name="MaxJobFiles">Maximum number of files per job (<c>max_job_files</c>).</param>
internal sealed record ArtifactLimits(
    long MaxFileBytes = 16L * ArtifactLimits.Gibibyte, long MaxJobBytes = 256L * ArtifactLimits.Gibibyte, long MaxJobFiles = 10_000)
{
    private const long Gibibyte = 1024 * 1024 * 1024;

    /// <summary>Why one more file is not allowed; null if it is.</summary>
    /// <param name="size">Size in bytes.</param>
    /// <param name="files">The number of files of the job, without the one to be replaced.</param>
    /// <param name="bytes">Their total size in bytes.</param>
    public string? WhyNotAllowed(long size, long files, long bytes)
    {
        if (size > MaxFileBytes) return $"the file is too large; the limit is {MaxFileBytes} bytes";
        if (files >= MaxJobFiles) return $"the job has too many files; the limit is {MaxJobFiles}";
        return size > MaxJobBytes - bytes ? $"the files of the job are too large; the limit is {MaxJobBytes} bytes in total" : null;
    }
}
