using Farm.Server.Domain.Jobs;

namespace Farm.Server.Contracts.Aspire.Domain;

/// <summary>Rules for the entries of a seed (Contracts/Aspire/Contract.md sections 5.5 and 6).</summary>
internal static class EntryRules
{
    /// <summary>The task types of entries.</summary>
    public static IReadOnlyList<string> TaskTypes { get; } = [TaskType("process"), TaskType("scan")];

    /// <summary>The task type for an entry type.</summary>
    /// <param name="entryType"><c>process</c> or <c>scan</c>.</param>
    public static string TaskType(string entryType) => "aspire." + entryType;

    /// <summary>Whether a text is an entry type.</summary>
    public static bool IsEntryType(string text) => text is "process" or "scan";

    /// <summary>
    /// The status of an entry after a worker failed it or was lost with it: it is retried until it reaches the retry limit, then it fails.
    /// </summary>
    /// <param name="retries">How often the entry was failed or lost, this time included.</param>
    /// <param name="limit">The retry limit; at least 1.</param>
    /// <param name="job">The status of its job; entries of a paused job are paused.</param>
    /// <param name="lost">Whether the worker was lost, which may not be the entry's fault.</param>
    public static TaskStatus AfterFailure(long retries, int limit, JobStatus job, bool lost) =>
        retries >= limit ? TaskStatus.Failed
        : JobRules.RequeuedTaskStatus(job) == TaskStatus.Paused ? TaskStatus.Paused
        : lost ? TaskStatus.Queued
        : TaskStatus.SoftFailed;
}
