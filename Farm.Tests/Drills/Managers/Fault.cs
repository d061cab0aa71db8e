namespace Farm.Tests.Drills.Managers;

/// <summary>A fault to inject.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="HitsLeader">Whether it hits the manager that leads; else another. Databases have no leader.</param>
/// <param name="Duration">How long it lasts; a database takes as long as its restart.</param>
internal sealed record Fault(FaultKind Kind, bool HitsLeader, TimeSpan Duration);
