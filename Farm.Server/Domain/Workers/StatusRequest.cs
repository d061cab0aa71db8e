namespace Farm.Server.Domain.Workers;

/// <summary>A requested worker status that the worker has not acknowledged yet.</summary>
/// <param name="Status">The requested status.</param>
/// <param name="Lazy">Whether it applies after the current task instead of immediately.</param>
internal readonly record struct StatusRequest(WorkerStatus Status, bool Lazy);
