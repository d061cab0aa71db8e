namespace Farm.Dashboard.Ports;

/// <summary>A job as lists show it. Steps are the sums over its tasks; priority is 0 to 100, higher first.
/// Tasks can always be added to a job that stays open. A job that ends for good cannot be requeued.</summary>
public sealed record JobRow(
    Guid Id,
    string Name,
    string Type,
    JobStatus Status,
    int Priority,
    string Activity,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    int StepsCompleted,
    int StepsTotal,
    TaskCounts Tasks,
    RenderedImage? LastImage,
    bool StaysOpen = false,
    bool EndsForGood = false);

/// <summary>A job with the details of its page. Settings and metadata are in display order.</summary>
public sealed record JobDetail(JobRow Job, IReadOnlyList<NamedValue> Settings, IReadOnlyList<NamedValue> Metadata);

/// <summary>A setting or metadata entry as text.</summary>
public sealed record NamedValue(string Name, string Value);

/// <summary>How many of a job's (or of the farm's) tasks are in each status.</summary>
public sealed record TaskCounts(int Queued, int Pended, int Active, int SoftFailed, int Paused, int Completed, int Failed, int Canceled)
{
    public int Total => Queued + Pended + Active + SoftFailed + Paused + Completed + Failed + Canceled;
}

/// <summary>
/// The newest image of a job, in three sizes, which may be the same file. The URLs are relative to the server's root and change with each image,
/// so that browsers can cache them.
/// </summary>
public sealed record RenderedImage(Guid JobId, string JobName, string Url, string SmallUrl, string TinyUrl, DateTimeOffset Produced);

/// <summary>What a list of jobs can be sorted by. Ties are broken by id, so that the order is stable.</summary>
public enum JobSort
{
    Updated,
    Created,
    Priority,
    Name,
    Type,
    Status,

    /// <summary>By the share of steps completed; a job without steps counts as 0.</summary>
    Progress,
}

/// <summary>
/// A query for jobs.
/// </summary>
/// <param name="Page">The part of the list.</param>
/// <param name="Sort">The order.</param>
/// <param name="Descending">Whether the order is turned around.</param>
/// <param name="Statuses">Jobs in one of these; empty for all.</param>
/// <param name="Search">Jobs whose name or type contains this text, ignoring case; null or empty for all.</param>
public sealed record JobQuery(
    PageRequest Page,
    JobSort Sort = JobSort.Updated,
    bool Descending = true,
    IReadOnlyList<JobStatus>? Statuses = null,
    string? Search = null);
