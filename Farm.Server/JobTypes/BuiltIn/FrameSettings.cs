using Farm.Server.JobTypes.Authoring;
using Farm.Server.JobTypes.Drafts;

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

    /// <summary>How large the tasks of chunks of frames are; null if chunks may list many single frames.</summary>
    /// <param name="frames">All frames.</param>
    /// <param name="chunkSize">Frames per task, at least 1.</param>
    /// <param name="task">The task of a chunk, which differs from others only in its frames.</param>
    public static TaskBounds? Bounds(FrameRange frames, int chunkSize, Func<FrameRange, TaskDraft> task)
    {
        if (frames.Runs.Count > 1 || (long)frames.Last + chunkSize >= int.MaxValue) return null;
        return new TaskBounds(
            frames.ChunkCount(chunkSize),
            () => task(FrameRange.Parse($"{frames.First}")),
            () => task(FrameRange.Parse($"{frames.Last}-{frames.Last + chunkSize - 1}")));
    }

    /// <summary>Replaces <c>{timestamp}</c> with the job's local submission time, so that each job gets its own directory.</summary>
    public static string Timestamped(string path, JobSubmission submission) =>
        path.Replace(TimestampMark, LocalTimestamp.Format(submission.Created, submission.TimeZone), StringComparison.Ordinal);
}
