using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>What a worker reports about a task; null means unchanged (Contracts/Flamenco/Contract.md section 3.7).</summary>
/// <param name="Status">The status reported by the worker.</param>
/// <param name="Activity">The activity text shown with the task.</param>
/// <param name="Log">Text to append to the task's log.</param>
/// <param name="StepsCompleted">Completed steps.</param>
internal sealed record TaskReport(TaskStatus? Status, string? Activity, string? Log, int? StepsCompleted)
{
    /// <summary>The most that a worker may number a part of its log: what JSON numbers hold exactly.</summary>
    public const long MaxLogPart = (1L << 53) - 1;

    /// <summary>
    /// The number of <see cref="Log"/> in the attempt, from 0 to <see cref="MaxLogPart"/>; a part that the attempt has already is not kept again. Null
    /// where the worker does not number them. Not used in a report that ends the attempt, as its repeat is known by its digest.
    /// </summary>
    public long? LogPart { get; init; }

    /// <summary>The report as it was received, of which this is a part; null for itself.</summary>
    public TaskReport? Whole { get; init; }

    /// <summary>A digest that identifies a repeated report.</summary>
    public byte[] Digest() => Whole?.Digest() ?? ReportDigest.Of(Status, Activity, Log, StepsCompleted);
}
