using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Store.Views.Tasks;

/// <summary>A task as lists show it. Times are unix milliseconds.</summary>
internal record TaskRow
{
    /// <summary>The columns of a task <c>t</c> with what <see cref="Joins"/> brings.</summary>
    public const string Columns =
        """
        t.id, t.uuid, j.uuid AS job_uuid, j.name AS job_name, t.number AS "index", t.name, s.task_type AS type, t.status, t.activity,
        t.steps_completed, t.steps_total, s.priority, t.updated_at, t.frames, t.errors, t.started_at, t.completed_at,
        (SELECT count(*) FROM task_failures f WHERE f.task_id = t.id) AS failures,
        w.uuid AS holder_uuid, w.name AS holder_name, w.address AS holder_address
        """;

    /// <summary>What belongs to a task <c>t</c>.</summary>
    public const string Joins =
        "JOIN stages s ON s.id = t.stage_id JOIN jobs j ON j.id = t.job_id LEFT JOIN workers w ON w.id = t.worker_id";

    /// <summary>The small integer.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>Its job.</summary>
    public required Guid JobUuid { get; init; }

    /// <summary>The name of its job.</summary>
    public required string JobName { get; init; }

    /// <summary>Its place in the job, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The name for people.</summary>
    public required string Name { get; init; }

    /// <summary>What a worker must support to do it.</summary>
    public required string Type { get; init; }

    /// <summary>Current status.</summary>
    public required TaskStatus Status { get; init; }

    /// <summary>What people read beside it.</summary>
    public required string Activity { get; init; }

    /// <summary>Steps done.</summary>
    public required int StepsCompleted { get; init; }

    /// <summary>Steps in all.</summary>
    public required int StepsTotal { get; init; }

    /// <summary>Its priority in the job; higher goes first.</summary>
    public required int Priority { get; init; }

    /// <summary>When it last changed.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>The frames that it makes, as ranges; null if it makes none.</summary>
    public string? Frames { get; init; }

    /// <summary>How often workers failed it.</summary>
    public required int Errors { get; init; }

    /// <summary>When it was handed out; null when it was not, or was put back since.</summary>
    public long? StartedAt { get; init; }

    /// <summary>When it was completed; null when it is not.</summary>
    public long? CompletedAt { get; init; }

    /// <summary>How many workers failed it since failures were last forgotten.</summary>
    public required int Failures { get; init; }

    /// <summary>The worker that has it, or had it last, also one that was removed; null when none ever did.</summary>
    public WorkerName? Worker => HolderUuid is { } uuid ? new WorkerName(uuid, HolderName!, HolderAddress!) : null;

    protected Guid? HolderUuid { get; init; }

    protected string? HolderName { get; init; }

    protected string? HolderAddress { get; init; }
}
