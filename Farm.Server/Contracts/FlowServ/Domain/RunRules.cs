using Farm.Server.Domain.Jobs;

namespace Farm.Server.Contracts.FlowServ.Domain;

/// <summary>The outcome of a run.</summary>
/// <param name="State">Its final state.</param>
/// <param name="Messages">The error messages, for <see cref="RunState.Error"/> and <see cref="RunState.Canceled"/>.</param>
internal sealed record RunEnd(RunState State, IReadOnlyList<string> Messages);

/// <summary>Derives the outcome of a run from that of its job (Contracts/FlowServ/Contract.md section 7).</summary>
internal static class RunRules
{
    /// <summary>The message of a run that was canceled without a reason.</summary>
    public const string NoReason = "canceled at user request";

    /// <summary>The outcome of a run whose job ended.</summary>
    /// <param name="job">The final status of the job.</param>
    /// <param name="hasSteps">Whether the run has any step.</param>
    /// <param name="missing">Declared output files that it did not produce.</param>
    /// <param name="messages">The worker's messages about a failure.</param>
    /// <param name="reason">Why it was canceled; null for no reason.</param>
    public static RunEnd End(JobStatus job, bool hasSteps, IReadOnlyList<string> missing, IReadOnlyList<string> messages, string? reason) => job switch
    {
        JobStatus.Canceled => new RunEnd(RunState.Canceled, [reason ?? NoReason]),
        JobStatus.Completed when !hasSteps => new RunEnd(RunState.Error, []),
        JobStatus.Completed when missing.Count > 0 => new RunEnd(RunState.Error, [.. missing.Select(path => $"missing output file '{path}'")]),
        JobStatus.Completed => new RunEnd(RunState.Success, []),
        JobStatus.Failed => new RunEnd(RunState.Error, messages),
        _ => throw new ArgumentOutOfRangeException(nameof(job), job, "the job has not ended"),
    };

    /// <summary>The times of a run that ends now. A run that never started gets its end as its start or, for a success, its creation time.
    /// They are in this order even if the clock was set back meanwhile.</summary>
    public static (long StartedAt, long FinishedAt) Times(RunState end, long createdAt, long? startedAt, long now)
    {
        var finished = Math.Max(now, createdAt);
        return (Math.Clamp(startedAt ?? (end == RunState.Success ? createdAt : finished), createdAt, finished), finished);
    }
}
