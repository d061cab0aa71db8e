namespace Farm.Tests.Drills.Clock;

/// <summary>How the drill runs.</summary>
/// <param name="Jumps">The jumps of the clock.</param>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="Clients">Number of fake clients.</param>
/// <param name="Life">The time of work before the first jump and after each. The server looks for silent workers once a minute, and not in its first minute.</param>
/// <param name="WatchesSilence">Whether a worker falls silent after the last jump, and must be noticed.</param>
internal sealed record ClockPlan(IReadOnlyList<TimeSpan> Jumps, int Seed, int Clients, TimeSpan Life, bool WatchesSilence)
{
    /// <summary>The long form: two hours forward and five back, again and again, with random jumps in between.</summary>
    public static ClockPlan Long(int rounds, int seed)
    {
        var random = new Random(seed);
        var jumps = Enumerable.Range(0, rounds)
            .SelectMany(_ => (TimeSpan[])[TimeSpan.FromHours(2), TimeSpan.FromSeconds(random.Next(-3600, 3600)), TimeSpan.FromHours(-5)]);
        return new ClockPlan([.. jumps], seed, Clients: 60, TimeSpan.FromSeconds(80), WatchesSilence: true);
    }
}
