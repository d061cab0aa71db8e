namespace Farm.Server.Domain.Workers;

/// <summary>A worker as the store knows it. Times are unix milliseconds.</summary>
internal sealed record FarmWorker
{
    /// <summary>The small integer that the store and some contracts use.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The name it gave itself; need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>The operating system in the words of the worker, such as <c>linux</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The network address it was last seen from.</summary>
    public required string Address { get; init; }

    /// <summary>Name and version of its software; empty until it signed on.</summary>
    public required string Software { get; init; }

    /// <summary>Current status.</summary>
    public required WorkerStatus Status { get; init; }

    /// <summary>The requested status, not yet acknowledged.</summary>
    public StatusRequest? Request { get; init; }

    /// <summary>Whether it can start itself again.</summary>
    public required bool CanRestart { get; init; }

    /// <summary>Its status before it timed out; null when it did not.</summary>
    public WorkerStatus? TimedOutFrom { get; init; }

    /// <summary>When it was last heard from; null when never.</summary>
    public long? LastSeenAt { get; init; }

    /// <summary>The protocol that it speaks, by its name in the settings.</summary>
    public required string Contract { get; init; }
}
