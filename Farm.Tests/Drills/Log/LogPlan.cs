namespace Farm.Tests.Drills.Log;

/// <summary>How the drill runs.</summary>
/// <param name="Rounds">How often the log is torn.</param>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="Clients">Number of fake clients in each round.</param>
/// <param name="LongestLife">The longest time of work before and after the moment from which on things may be lost.</param>
internal sealed record LogPlan(int Rounds, int Seed, int Clients, TimeSpan LongestLife);
