namespace Farm.Server.Worker;

/// <summary>The worker cannot start. The message is one sentence for the person who started it.</summary>
internal sealed class WorkerStartException(string message) : Exception(message);
