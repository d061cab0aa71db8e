namespace Farm.Server.Store.Tables.Tasks;

/// <summary>A task assigned to a worker, with what it needs to do it.</summary>
/// <param name="AttemptId">The attempt; a report that names it can only change the task while this attempt holds it.</param>
/// <param name="Uuid">The task.</param>
/// <param name="JobUuid">Its job.</param>
/// <param name="Name">The display name.</param>
/// <param name="Priority">The priority of the task within its job.</param>
/// <param name="JobPriority">The priority of the job.</param>
/// <param name="JobType">The type of the job.</param>
/// <param name="TaskType">The type of the task.</param>
/// <param name="Commands">The commands as JSON, variables unexpanded.</param>
/// <param name="StepsCompleted">Completed steps.</param>
/// <param name="StepsTotal">Total steps.</param>
internal sealed record AssignedTask(
    long AttemptId, Guid Uuid, Guid JobUuid, string Name, int Priority, int JobPriority, string JobType, string TaskType, string Commands,
    int StepsCompleted, int StepsTotal);
