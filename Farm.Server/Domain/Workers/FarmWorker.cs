namespace Farm.Server.Domain.Workers;

/// <summary>A worker as the store knows it. Times are unix milliseconds.</summary>
internal sealed record FarmWorker
{
    /// <summary>The contract of workers that poll the scheduler by themselves, sign on and off, and time out when they are silent.</summary>
    public const string Flamenco = "flamenco";

    /// <summary>The contract of workers that ask a project for its tasks (Contracts/TaskTracker/Contract.md section 2.1).</summary>
    public const string TaskTracker = "task_tracker";

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

    /// <summary>What it is at.</summary>
    public required WorkerStatus Status { get; init; }

    /// <summary>What someone asked it to become and it has not acknowledged.</summary>
    public StatusRequest? Request { get; init; }

    /// <summary>Whether it can start itself again.</summary>
    public required bool CanRestart { get; init; }

    /// <summary>What it was when the farm put it into error because it was silent; null when nobody did.</summary>
    public WorkerStatus? TimedOutFrom { get; init; }

    /// <summary>When it was last heard from; null when never.</summary>
    public long? LastSeenAt { get; init; }

    /// <summary>The protocol that it speaks, by its name in the settings.</summary>
    public string Contract { get; init; } = Flamenco;

    /// <summary>
    /// Whether it looks for what is asked of it and says when it did that. With another, what people ask is so at once, and of that only waking and
    /// sleeping can be asked: whether it gets tasks is all that the farm decides.
    /// </summary>
    public bool PollsForRequests => Contract == Flamenco;
}
