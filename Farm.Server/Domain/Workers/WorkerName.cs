namespace Farm.Server.Domain.Workers;

/// <summary>The names of a worker, for display with other objects.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Name">The display name; may be empty.</param>
/// <param name="Address">The network address it was last seen from.</param>
internal sealed record WorkerName(Guid Uuid, string Name, string Address);
