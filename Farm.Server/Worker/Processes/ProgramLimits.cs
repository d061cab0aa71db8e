namespace Farm.Server.Worker.Processes;

/// <summary>What each process of a program may use. A value of 0 is no limit.</summary>
/// <param name="MemoryBytes">Memory for its data in bytes; on Linux with <c>prlimit</c>, and on Windows.</param>
/// <param name="Time">How long the program may run.</param>
internal sealed record ProgramLimits(long MemoryBytes, TimeSpan Time)
{
    /// <summary>No limits.</summary>
    public static ProgramLimits None { get; } = new(0, TimeSpan.Zero);

    /// <summary>The defaults: nine tenths of the machine's memory, and a day.</summary>
    public static ProgramLimits Default { get; } = new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 10 * 9, TimeSpan.FromDays(1));
}
