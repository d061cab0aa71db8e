using Farm.Server.Domain.Jobs;

namespace Farm.Server.Contracts.Aspire.Domain;

/// <summary>What becomes of the entries of a seed (Contracts/Aspire/Contract.md sections 5.5 and 6).</summary>
internal static class EntryRules
{
    /// <summary>The types of tasks that entries are, by the type of their seed.</summary>
    public static IReadOnlyList<string> TaskTypes { get; } = [TaskType("process"), TaskType("scan")];

    /// <summary>The type of the tasks of a seed.</summary>
    /// <param name="entryType"><c>process</c> or <c>scan</c>.</param>
    public static string TaskType(string entryType) => "aspire." + entryType;

    /// <summary>Whether a text is a type that entries can have.</summary>
    public static bool IsEntryType(string text) => text is "process" or "scan";

    /// <summary>
    /// What becomes of an entry that a worker failed, or that was in the hands of a worker that got lost: it is available again until it was
    /// retried as often as the limit says, then it is failed.
    /// </summary>
    /// <param name="retries">How often that happened to the entry, this time included.</param>
    /// <param name="limit">The limit of retries; at least 1.</param>
    /// <param name="job">The status of its job: what is held is held again.</param>
    /// <param name="lost">Whether the worker got lost, of which the entry may be innocent.</param>
    public static TaskStatus AfterFailure(long retries, int limit, JobStatus job, bool lost) =>
        retries >= limit ? TaskStatus.Failed
        : JobRules.RequeuedTaskStatus(job) == TaskStatus.Paused ? TaskStatus.Paused
        : lost ? TaskStatus.Queued
        : TaskStatus.SoftFailed;
}
