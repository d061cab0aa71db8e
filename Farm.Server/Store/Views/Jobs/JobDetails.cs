using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Store.Views.Jobs;

/// <summary>Everything about a job except its tasks. Times are unix milliseconds.</summary>
internal sealed record JobDetails : JobRow
{
    /// <summary>The columns of a job <c>j</c> whose worker tag, if any, is <c>g</c>.</summary>
    public new const string Columns =
        $"""
        {JobRow.Columns}, j.submitter_platform, {LongTextTable.Settings} AS settings, {LongTextTable.Metadata} AS metadata, j.storage, g.uuid AS worker_tag, j.delete_requested_at
        """;

    /// <summary>The platform that it was submitted from.</summary>
    public required string SubmitterPlatform { get; init; }

    /// <summary>The settings as completed by the job type, a JSON object.</summary>
    public required string Settings { get; init; }

    /// <summary>The metadata, a JSON object of strings.</summary>
    public required string Metadata { get; init; }

    /// <summary>Where its files are, in the words of the protocol that stores them; null for none.</summary>
    public string? Storage { get; init; }

    /// <summary>The required worker tag; null for any worker.</summary>
    public Guid? WorkerTag { get; init; }

    /// <summary>When its deletion was requested; null if it was not.</summary>
    public long? DeleteRequestedAt { get; init; }

    /// <summary>Whether it is being deleted.</summary>
    public bool IsBeingDeleted => DeleteRequestedAt is not null;
}
