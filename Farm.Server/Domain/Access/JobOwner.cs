namespace Farm.Server.Domain.Access;

/// <summary>Who submitted a job.</summary>
/// <param name="AccountId">Their account; null without one.</param>
/// <param name="Address">The address of the machine; empty if it is not known.</param>
internal readonly record struct JobOwner(long? AccountId, string Address);
