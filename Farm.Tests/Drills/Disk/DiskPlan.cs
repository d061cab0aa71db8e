namespace Farm.Tests.Drills.Disk;

/// <summary>How the drill runs.</summary>
/// <param name="Seed">The source of all random numbers.</param>
/// <param name="Clients">Number of fake clients.</param>
/// <param name="Full">How long the disk stays full, or read-only.</param>
/// <param name="Rounds">How often the disk is filled.</param>
internal sealed record DiskPlan(int Seed, int Clients, TimeSpan Full, int Rounds);
