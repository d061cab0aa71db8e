namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>What a project had at a moment (Contracts/TaskTracker/Contract.md section 5.8).</summary>
/// <param name="TakenAt">Unix milliseconds.</param>
/// <param name="Waiting">Tasks that are neither failed nor gone, assigned ones included, without a verification.</param>
/// <param name="Failed">Tasks that failed.</param>
/// <param name="Closed">Tasks that were closed since the project was made.</param>
/// <param name="Accesses">Workers that have access or asked for it.</param>
/// <param name="Awaiting">Verifications of tasks that wait for more of them.</param>
internal sealed record ProjectSnapshot(long TakenAt, long Waiting, long Failed, long Closed, long Accesses, long Awaiting);
