namespace Farm.Server.Store.Views.Tasks;

/// <summary>A task as lists show it, with its job and how it went. Times are unix milliseconds.</summary>
internal record TaskRow : TaskSummary
{
    /// <summary>The columns of a task <c>t</c> with what <see cref="Joins"/> brings.</summary>
    public new const string Columns =
        $"""
        {TaskSummary.Columns}, j.uuid AS job_uuid, j.name AS job_name, t.frames, t.errors, t.started_at, t.completed_at,
        (SELECT count(*) FROM task_failures f WHERE f.task_id = t.id) AS failures
        """;

    /// <summary>What belongs to a task <c>t</c>.</summary>
    public new const string Joins = $"JOIN jobs j ON j.id = t.job_id {TaskSummary.Joins}";

    /// <summary>Its job.</summary>
    public required Guid JobUuid { get; init; }

    /// <summary>The name of its job.</summary>
    public required string JobName { get; init; }

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
}
