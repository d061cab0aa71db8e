namespace Farm.Server.Domain.Workers;

/// <summary>A status that someone asked a worker to take, waiting to be acknowledged by it.</summary>
/// <param name="Status">The status asked for.</param>
/// <param name="Lazy">After the current task instead of at once.</param>
internal readonly record struct StatusRequest(WorkerStatus Status, bool Lazy);
