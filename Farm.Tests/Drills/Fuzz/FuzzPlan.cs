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
    /// How much more memory than before the first request may be in use in the end. Measured: 45 MB are code that the runtime compiles as requests
    /// reach it, and up to 80 MB are its heap, which breathes; both stay the same from the first 100,000 requests to the last. The rest is a
    /// margin for other machines. A leak of 1 KB a request would be 1 GB after a million.
    /// </summary>
    public const long MemoryBound = 250L * 1024 * 1024;

    /// <summary>In this time memory must have come back below the bound.</summary>
    public static readonly TimeSpan CalmBound = TimeSpan.FromSeconds(60);
}
