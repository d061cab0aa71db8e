namespace Farm.Server.Hosting.Logging;

/// <summary>Where the farm writes what happens, and how much of it is kept.</summary>
/// <param name="Directory">Usually <c>logs/</c> of the data directory; made when it is not there. Null writes to the console only.</param>
internal sealed record LogSettings(string? Directory)
{
    /// <summary>Lines below this level are not written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>A file that has reached this many bytes is followed by the next one of the day.</summary>
    public long MaxFileBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>The newest files that are kept; older ones are deleted.</summary>
    public int MaxFiles { get; init; } = 30;

    /// <summary>Lines that may wait to be written; those that do not fit are dropped and counted.</summary>
    public int QueuedLines { get; init; } = 10_000;
}
