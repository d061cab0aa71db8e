using Farm.Server.Domain.Jobs;

namespace Farm.Server.Contracts.FlowServ.Domain;

/// <summary>How a run ends.</summary>
/// <param name="State">Its last state.</param>
/// <param name="Messages">What went wrong, for <see cref="RunState.Error"/> and <see cref="RunState.Canceled"/>.</param>
internal sealed record RunEnd(RunState State, IReadOnlyList<string> Messages);

/// <summary>How the end of a run follows from that of its job (Contracts/FlowServ/Contract.md section 7).</summary>
internal static class RunRules
{
    /// <summary>What a canceled run says when nobody gave a reason.</summary>
    public const string NoReason = "canceled at user request";

    /// <summary>The end of a run whose job is over.</summary>
    /// <param name="job">The status that the job takes.</param>
    /// <param name="hasSteps">Whether the run had anything to do.</param>
    /// <param name="missing">Declared files that it did not leave.</param>
    /// <param name="told">What its worker said of a failure.</param>
    /// <param name="reason">Why someone canceled it; null for no reason.</param>
    public static RunEnd End(JobStatus job, bool hasSteps, IReadOnlyList<string> missing, IReadOnlyList<string> told, string? reason) => job switch
    {
        JobStatus.Canceled => new RunEnd(RunState.Canceled, [reason ?? NoReason]),
        JobStatus.Completed when !hasSteps => new RunEnd(RunState.Error, []),
        JobStatus.Completed when missing.Count > 0 => new RunEnd(RunState.Error, [.. missing.Select(path => $"missing output file '{path}'")]),
        JobStatus.Completed => new RunEnd(RunState.Success, []),
        JobStatus.Failed => new RunEnd(RunState.Error, told),
        _ => throw new ArgumentOutOfRangeException(nameof(job), job, "the job is not over"),
    };

    /// <summary>The times of a run that ends now: what nobody began has begun when it ended, or for a success when it was made.</summary>
    public static (long StartedAt, long FinishedAt) Times(RunState end, long createdAt, long? startedAt, long now)
    {
        var finished = Math.Max(now, createdAt);
        return (Math.Min(startedAt ?? (end == RunState.Success ? createdAt : finished), finished), finished);
    }
}
