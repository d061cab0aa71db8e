namespace Farm.Server.Hosting.Logging;

/// <summary>Settings of the log.</summary>
/// <param name="Directory">Usually <c>logs/</c> in the data directory; created if missing. Null logs to the console only.</param>
internal sealed record LogSettings(string? Directory)
{
    /// <summary>Lines below this level are not written.</summary>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>The largest size of a file in bytes; then the next file of the day begins.</summary>
    public long MaxFileBytes { get; init; } = 20 * 1024 * 1024;

    /// <summary>How many files are kept; older ones are deleted.</summary>
    public int MaxFiles { get; init; } = 30;

    /// <summary>The length of the queue before the files; further lines are dropped and counted.</summary>
    public int QueuedLines { get; init; } = 10_000;
}
