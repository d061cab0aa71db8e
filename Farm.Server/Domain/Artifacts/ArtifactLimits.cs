namespace Farm.Server.Domain.Artifacts;

/// <summary>How much the tasks of a job may produce (the setting <c>artifacts</c>, keys of the same names).</summary>
/// <param name="MaxFileBytes">The largest file (<c>max_file_bytes</c>).</param>
/// <param name="MaxJobBytes">All files of a job together (<c>max_job_bytes</c>).</param>
/// <param name="MaxJobFiles">How many files of a job (<c>max_job_files</c>).</param>
internal sealed record ArtifactLimits(
    long MaxFileBytes = 16L * ArtifactLimits.Gibibyte, long MaxJobBytes = 256L * ArtifactLimits.Gibibyte, long MaxJobFiles = 10_000)
{
    private const long Gibibyte = 1024 * 1024 * 1024;

    /// <summary>What is wrong with one more file, or null when there is room for it.</summary>
    /// <param name="size">Its length in bytes.</param>
    /// <param name="files">How many files the job has, without the one that this one replaces.</param>
    /// <param name="bytes">How many bytes these are.</param>
    public string? WhyNotAllowed(long size, long files, long bytes)
    {
        if (size > MaxFileBytes) return $"the file is too large: a task may produce files of {MaxFileBytes} bytes at most";
        if (files >= MaxJobFiles) return $"the job has too many files: its tasks may produce {MaxJobFiles} at most";
        return size > MaxJobBytes - bytes ? $"the files of the job are too large: they may have {MaxJobBytes} bytes together" : null;
    }
}
