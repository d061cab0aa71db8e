
namespace Farm.Server.Contracts.Flamenco.Messages;

/// <summary>The worker of a task; empty strings when it was never assigned (Contracts/Flamenco/Contract.md section 6.3).</summary>
internal sealed record TaskWorker(string Id, string Name, string Address);

/// <summary>A task in a list (section 6.3).</summary>
internal record TaskSummaryMessage
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Status { get; init; }

    public required long IndexInJob { get; init; }

    public required int Priority { get; init; }

    public required string TaskType { get; init; }

    public required DateTime Updated { get; init; }

    public required int StepsCompleted { get; init; }

    public required int StepsTotal { get; init; }

    public required TaskWorker Worker { get; init; }
}

/// <summary>A task (section 6.3).</summary>
internal sealed record TaskMessage : TaskSummaryMessage
{
    public required Guid JobId { get; init; }

    public required DateTime Created { get; init; }

    public required string Activity { get; init; }

    public required RawJson Commands { get; init; }

    public required IReadOnlyList<TaskWorker> FailedByWorkers { get; init; }

    public DateTime? LastTouched { get; init; }
}

/// <summary>The task that a worker has (section 6.4).</summary>
internal sealed record WorkerTaskMessage : TaskSummaryMessage
{
    public required Guid JobId { get; init; }
}

/// <summary>The location of a task's log (section 6.3).</summary>
internal sealed record TaskLogInfo(Guid TaskId, Guid JobId, string Url, long Size);

/// <summary>A requested status change of a worker (section 6.4).</summary>
internal sealed record StatusChangeMessage(string Status, bool IsLazy);

/// <summary>A worker in a list (section 6.4).</summary>
internal record WorkerSummaryMessage
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Status { get; init; }

    public required string Version { get; init; }

    public required bool CanRestart { get; init; }

    public StatusChangeMessage? StatusChange { get; init; }

    public DateTime? LastSeen { get; init; }
}

/// <summary>A worker (section 6.4).</summary>
internal sealed record WorkerMessage : WorkerSummaryMessage
{
    public required string IpAddress { get; init; }

    public required string Platform { get; init; }

    public required IReadOnlyList<string> SupportedTaskTypes { get; init; }

    public WorkerTaskMessage? Task { get; init; }

    public IReadOnlyList<WorkerTagMessage>? Tags { get; init; }
}

/// <summary>All workers (section 6.4).</summary>
internal sealed record WorkerListMessage(IReadOnlyList<WorkerSummaryMessage> Workers);

/// <summary>A tag (section 6.4).</summary>
internal sealed record WorkerTagMessage(Guid Id, string Name, string? Description = null);

/// <summary>All tags. The list is always present, as the add-on iterates over it (section 6.4).</summary>
internal sealed record WorkerTagListMessage(IReadOnlyList<WorkerTagMessage> Tags);

/// <summary>The sleep schedule of a worker (section 4.7).</summary>
internal sealed record SleepScheduleMessage(bool IsActive, string DaysOfWeek, string StartTime, string EndTime);

/// <summary>A worker that is blocked from a task type of a job (section 6.2).</summary>
internal sealed record BlocklistEntry(Guid WorkerId, string TaskType, string WorkerName);
