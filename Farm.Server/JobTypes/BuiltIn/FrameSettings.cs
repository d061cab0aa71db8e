using Farm.Server.JobTypes.Authoring;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>Reads the settings that all rendering job types share.</summary>
internal static class FrameSettings
{
    private const string TimestampMark = "{timestamp}";

    /// <summary>Parses the frame range and checks the resulting number of tasks.</summary>
    /// <param name="text">The frame range.</param>
    /// <param name="chunkSize">Frames per task, at least 1.</param>
    /// <exception cref="JobCompilationException">The range is invalid or makes too many tasks.</exception>
    public static FrameRange ReadFrames(string text, int chunkSize)
    {
        FrameRange frames;
        try
        {
            frames = FrameRange.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new JobCompilationException($"Setting \"frames\": {exception.Message}", exception);
        }
        JobLimits.CheckTaskCount(frames.ChunkCount(chunkSize), "Choose fewer frames or a larger chunk_size.");
        return frames;
    }

    /// <summary>Replaces <c>{timestamp}</c> with the job's local submission time, so that each job gets its own directory.</summary>
    public static string Timestamped(string path, JobSubmission submission) =>
        path.Replace(TimestampMark, LocalTimestamp.Format(submission.Created, submission.TimeZone), StringComparison.Ordinal);
}
