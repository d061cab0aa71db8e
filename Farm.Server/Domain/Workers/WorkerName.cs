namespace Farm.Server.Domain.Workers;

/// <summary>A worker as it is named beside something else.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Name">The name for people; may be empty.</param>
/// <param name="Address">The address that it was last seen from.</param>
internal sealed record WorkerName(Guid Uuid, string Name, string Address);
