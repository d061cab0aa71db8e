namespace Farm.Server.Store.Views.Jobs;

/// <summary>Everything about a job except its tasks. Times are unix milliseconds.</summary>
internal sealed record JobDetails : JobRow
{
    /// <summary>The columns of a job <c>j</c> whose worker tag, if any, is <c>g</c>.</summary>
    public new const string Columns =
        $"""
        {JobRow.Columns}, j.submitter_platform, j.settings, j.metadata, j.storage, g.uuid AS worker_tag, j.delete_requested_at
        """;

    /// <summary>The platform that it was submitted from.</summary>
    public required string SubmitterPlatform { get; init; }

    /// <summary>The settings as the job type left them, a JSON object.</summary>
    public required string Settings { get; init; }

    /// <summary>Free text by name, a JSON object.</summary>
    public required string Metadata { get; init; }

    /// <summary>Where its files are, in the words of the protocol that stores them; null for none.</summary>
    public string? Storage { get; init; }

    /// <summary>The tag that workers need; null when any worker will do.</summary>
    public Guid? WorkerTag { get; init; }

    /// <summary>When someone asked to remove it; null when nobody did.</summary>
    public long? DeleteRequestedAt { get; init; }

    /// <summary>Whether it is being deleted.</summary>
    public bool IsBeingDeleted => DeleteRequestedAt is not null;
}
