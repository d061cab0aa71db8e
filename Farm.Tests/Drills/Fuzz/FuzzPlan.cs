namespace Farm.Tests.Drills.Fuzz;

/// <summary>How a drill runs.</summary>
/// <param name="Requests">Number of requests.</param>
/// <param name="Seed">The source of all choices.</param>
/// <param name="Connections">Number of requests at the same time.</param>
internal sealed record FuzzPlan(int Requests, int Seed, int Connections)
{
    /// <summary>After this many requests, what they are about is made anew.</summary>
    public const int RoundLength = 2_000;

    /// <summary>The longest time for one answer. Nothing that a request asks for takes so long, but the machine may be busy.</summary>
    public static readonly TimeSpan AnswerBound = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many more bytes of memory than before the first request may be in use in the end. Measured after 100,000 requests: 45 MB are code that the
    /// runtime compiles as requests reach it, 50 to 80 MB its heap. From then on about 130 bytes a request, as the farm holds more and more jobs,
    /// workers and accounts, which lists answer all at once. The bound is about twice of each; a leak of 1 KB a request breaks it.
    /// </summary>
    public long MemoryBound => 200L * 1024 * 1024 + 256L * Requests;

    /// <summary>In this time memory must have come back below the bound.</summary>
    public static readonly TimeSpan CalmBound = TimeSpan.FromSeconds(60);
}
