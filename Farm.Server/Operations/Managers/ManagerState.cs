using Farm.Server.Domain.Managers;

namespace Farm.Server.Operations.Managers;

/// <summary>A manager as this one sees it.</summary>
/// <param name="Manager">The manager.</param>
/// <param name="IsSelf">Whether it is this one.</param>
/// <param name="IsLeader">Whether it does what must be done once.</param>
/// <param name="Silence">How long it was silent.</param>
/// <param name="Problem">What is wrong with it, as a part of a sentence; null for nothing.</param>
internal sealed record ManagerState(Manager Manager, bool IsSelf, bool IsLeader, TimeSpan Silence, string? Problem);
