namespace Farm.Tests.Drills.Pause;

/// <summary>How the drill runs.</summary>
/// <param name="Pauses">How long each pause lasts.</param>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="Clients">Number of fake clients.</param>
/// <param name="LongestLife">The longest time of work before a pause.</param>
internal sealed record PausePlan(IReadOnlyList<TimeSpan> Pauses, int Seed, int Clients, TimeSpan LongestLife)
{
    private const int ShortestPause = 1;
    private const int LongestPause = 60;

    /// <summary>Longer than the timeout of workers.</summary>
    private const int TooLong = 75;

    /// <summary>The long form: pauses of 1 to 60 s, and one in three of 75 s, for about as many minutes.</summary>
    public static PausePlan Long(int minutes, int seed)
    {
        var (random, life) = (new Random(seed), TimeSpan.FromSeconds(20));
        List<TimeSpan> pauses = [];
        for (var left = TimeSpan.FromMinutes(minutes); left > TimeSpan.Zero; left -= pauses[^1] + life / 2)
            pauses.Add(TimeSpan.FromSeconds(pauses.Count % 3 == 1 ? TooLong : random.Next(ShortestPause, LongestPause)));
        return new PausePlan(pauses, seed, Clients: 60, life);
    }
}
