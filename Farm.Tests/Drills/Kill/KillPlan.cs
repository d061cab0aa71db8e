namespace Farm.Tests.Drills.Kill;

/// <summary>How the drill runs.</summary>
/// <param name="Times">Number of kills.</param>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="Clients">Number of fake clients.</param>
/// <param name="LongestLife">The longest time of work before a kill.</param>
internal sealed record KillPlan(int Times, int Seed, int Clients, TimeSpan LongestLife);
