using Farm.Server.Domain.Jobs;

namespace Farm.Server.Store.Views.Jobs;

/// <summary>A job in a list. Times are unix milliseconds.</summary>
internal record JobRow : CountedTasks
{
    /// <summary>The columns of a job <c>j</c>.</summary>
    public new const string Columns =
        $"""
        j.id, j.uuid, j.name, j.type, j.status, j.priority, j.activity, j.created_at, j.updated_at, j.steps_completed, j.steps_total,
        j.last_rendered_at, j.stays_open, {CountedTasks.Columns}
        """;

    /// <summary>The numeric id, in order of creation.</summary>
    public required long Id { get; init; }

    /// <summary>The id that clients see.</summary>
    public required Guid Uuid { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>The name of its job type.</summary>
    public required string Type { get; init; }

    /// <summary>Current status.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>Higher runs first.</summary>
    public required int Priority { get; init; }

    /// <summary>Why it has its status.</summary>
    public required string Activity { get; init; }

    /// <summary>When it was submitted.</summary>
    public required long CreatedAt { get; init; }

    /// <summary>When it or one of its tasks last changed.</summary>
    public required long UpdatedAt { get; init; }

    /// <summary>Completed steps of all tasks.</summary>
    public required long StepsCompleted { get; init; }

    /// <summary>Total steps.</summary>
    public required long StepsTotal { get; init; }

    /// <summary>When its last-rendered image was made; null if it has none.</summary>
    public long? LastRenderedAt { get; init; }

    /// <summary>Whether tasks can be added to it at any time.</summary>
    public required bool StaysOpen { get; init; }
}
