using Farm.Server.Domain.Workers;


namespace Farm.Server.Store.Views.Tasks;

/// <summary>
/// The columns that every task list needs. There are few, because some protocols read all tasks of a job at once. Times are unix
/// milliseconds.
/// </summary>
internal record TaskSummary
{
    /// <summary>The columns of a task <c>t</c> with <see cref="Joins"/>.</summary>
    public const string Columns =
        """
        t.id, t.uuid, t.number AS "index", t.name, s.task_type AS type, t.status, t.activity, t.steps_completed, t.steps_total, s.priority,
        t.updated_at, w.uuid AS holder_uuid, w.name AS holder_name, w.address AS holder_address
        """;

    /// <summary>The joins of a task <c>t</c> that the columns need.</summary>
    public const string Joins = "JOIN stages s ON s.id = t.stage_id LEFT JOIN workers w ON w.id = t.worker_id";

    /// <summary>The numeric id.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>Index in the job, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>What a worker must support to do it.</summary>
    public required string Type { get; init; }

    /// <summary>Current status.</summary>
    public required TaskStatus Status { get; init; }

    /// <summary>The activity text.</summary>
    public required string Activity { get; init; }

    /// <summary>Completed steps.</summary>
    public required int StepsCompleted { get; init; }

    /// <summary>Total steps.</summary>
    public required int StepsTotal { get; init; }

    /// <summary>Its priority within the job; higher runs first.</summary>
    public required int Priority { get; init; }

    /// <summary>When it last changed.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>The worker that holds it or held it last, even if removed; null if none did.</summary>
    public WorkerName? Worker => HolderUuid is { } uuid ? new WorkerName(uuid, HolderName!, HolderAddress!) : null;

    protected Guid? HolderUuid { get; init; }

    protected string? HolderName { get; init; }

    protected string? HolderAddress { get; init; }
}
