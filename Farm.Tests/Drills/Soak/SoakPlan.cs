namespace Farm.Tests.Drills.Soak;

/// <summary>How the drill runs.</summary>
/// <param name="Length">How long.</param>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="Clients">Number of fake clients.</param>
/// <param name="Interval">The time between two samples.</param>
internal sealed record SoakPlan(TimeSpan Length, int Seed, int Clients, TimeSpan Interval);
