using Farm.Server.JobTypes.Authoring;

namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>What all types that make frames ask of their settings.</summary>
internal static class FrameSettings
{
    private const string TimestampMark = "{timestamp}";

    /// <summary>Reads the frames and how many of them make a task.</summary>
    /// <param name="text">The artist's range.</param>
    /// <param name="chunkSize">At least 1.</param>
    /// <exception cref="JobCompilationException">The text is no range, or makes too many tasks.</exception>
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

    /// <summary>Puts the local time at which the job came in for <c>{timestamp}</c>, which gives each job its own directory.</summary>
    public static string Timestamped(string path, JobSubmission submission) =>
        path.Replace(TimestampMark, LocalTimestamp.Format(submission.Created, submission.TimeZone), StringComparison.Ordinal);
}
