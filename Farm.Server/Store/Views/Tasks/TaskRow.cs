namespace Farm.Server.Store.Views.Tasks;

/// <summary>A task in a list, with its job and its history. Times are unix milliseconds.</summary>
internal record TaskRow : TaskSummary
{
    /// <summary>The columns of a task <c>t</c> with <see cref="Joins"/>.</summary>
    public new const string Columns =
        $"""
        {TaskSummary.Columns}, j.uuid AS job_uuid, j.name AS job_name, t.frames, t.errors, t.started_at, t.completed_at,
        (SELECT count(*) FROM task_failures f WHERE f.task_id = t.id) AS failures
        """;

    /// <summary>The joins of a task <c>t</c> that the columns need.</summary>
    public new const string Joins = $"JOIN jobs j ON j.id = t.job_id {TaskSummary.Joins}";

    /// <summary>Its job.</summary>
    public required Guid JobUuid { get; init; }

    /// <summary>The name of its job.</summary>
    public required string JobName { get; init; }

    /// <summary>Its frames, as ranges; null if it has none.</summary>
    public string? Frames { get; init; }

    /// <summary>Number of failures.</summary>
    public required int Errors { get; init; }

    /// <summary>When it was handed out; null if it was not, or was requeued since.</summary>
    public long? StartedAt { get; init; }

    /// <summary>When it was completed; null if it is not.</summary>
    public long? CompletedAt { get; init; }

    /// <summary>Number of workers that failed it since failures were last forgotten.</summary>
    public required int Failures { get; init; }
}
