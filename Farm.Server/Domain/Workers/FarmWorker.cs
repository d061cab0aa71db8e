namespace Farm.Server.Domain.Workers;

/// <summary>A worker. Times are unix milliseconds.</summary>
internal sealed record FarmWorker
{
    /// <summary>The numeric id, used by the store and some contracts.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The name that it reported; may not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>The operating system as reported by the worker, such as <c>linux</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The network address it was last seen from.</summary>
    public required string Address { get; init; }

    /// <summary>Name and version of its software; empty before its first sign-on.</summary>
    public required string Software { get; init; }

    /// <summary>Current status.</summary>
    public required WorkerStatus Status { get; init; }

    /// <summary>The requested status, not yet acknowledged.</summary>
    public StatusRequest? Request { get; init; }

    /// <summary>Whether it can restart itself.</summary>
    public required bool CanRestart { get; init; }

    /// <summary>Its status before it timed out; null if it did not.</summary>
    public WorkerStatus? TimedOutFrom { get; init; }

    /// <summary>When it was last seen; null if never.</summary>
    public long? LastSeenAt { get; init; }

    /// <summary>Whether it may get tasks; one that a stranger registered waits until an operator approves it.</summary>
    public bool IsApproved { get; init; } = true;

    /// <summary>The name of its protocol in the settings.</summary>
    public required string Contract { get; init; }
}
