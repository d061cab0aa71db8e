namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>The counts of a project at some time (Contracts/TaskTracker/Contract.md section 5.8).</summary>
/// <param name="TakenAt">Unix milliseconds.</param>
/// <param name="Waiting">Tasks without a verification that are not failed, completed or canceled; includes assigned ones.</param>
/// <param name="Failed">Failed tasks.</param>
/// <param name="Closed">Tasks closed since the project was created.</param>
/// <param name="Accesses">Workers with granted or requested access.</param>
/// <param name="Awaiting">Verifications of tasks that need more of them.</param>
internal sealed record ProjectSnapshot(long TakenAt, long Waiting, long Failed, long Closed, long Accesses, long Awaiting);
