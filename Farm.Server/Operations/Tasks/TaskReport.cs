using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>What a worker reports of a task; null means unchanged (Contracts/Flamenco/Contract.md section 3.7).</summary>
/// <param name="Status">The status that the worker says the task has.</param>
/// <param name="Activity">What people read beside the task.</param>
/// <param name="Log">Text for the end of the task's log.</param>
/// <param name="StepsCompleted">Steps done.</param>
internal sealed record TaskReport(TaskStatus? Status, string? Activity, string? Log, int? StepsCompleted)
{
    /// <summary>A digest by which a repeat of the very same report is known.</summary>
    public byte[] Digest() => ReportDigest.Of(Status, Activity, Log, StepsCompleted);
}
