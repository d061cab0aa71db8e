using System.Text.Json.Nodes;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Variables;
using Farm.Server.Domain.Workers;
using Farm.Server.JobTypes;
using Farm.Server.Operations.Images;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Jobs;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>Maps jobs and tasks to messages of this protocol.</summary>
internal static class Mapping
{
    /// <summary>The name of a status. The protocol has no <c>pended</c>, so clients get <c>paused</c>.</summary>
    public static string Wire(this TaskStatus status) => TaskStatusNames.Name(status == TaskStatus.Pended ? TaskStatus.Paused : status);

    /// <summary>A time in UTC.</summary>
    public static DateTime Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime;

    /// <summary>A task for its worker, with variables expanded for the worker's platform (Contracts/Flamenco/Contract.md sections 3.6 and 8).</summary>
    /// <param name="task">The task.</param>
    /// <param name="variables">The variables; null for commands that must not be expanded.</param>
    public static AssignedTaskMessage Message(AssignedTask task, VariableExpander? variables) => new(
        task.Uuid, task.JobUuid, task.Name, TaskStatus.Active.Wire(), task.Priority, task.JobPriority, task.JobType, task.TaskType,
        Commands(task.Commands, variables), task.StepsCompleted, task.StepsTotal, task.AttemptId.ToString());

    /// <summary>A job.</summary>
    public static JobMessage Message(JobDetails job) => new()
    {
        Name = job.Name,
        Type = job.Type,
        Priority = job.Priority,
        SubmitterPlatform = job.SubmitterPlatform,
        Settings = new RawJson(job.Settings),
        Metadata = new RawJson(job.Metadata),
        Storage = job.Storage is { } checkout ? new JobStorage(checkout) : null,
        WorkerTag = job.WorkerTag,
        Id = job.Uuid,
        Created = Time(job.CreatedAt),
        Updated = Time(job.UpdatedAt),
        Status = JobStatusNames.Name(job.Status),
        Activity = job.Activity,
        StepsCompleted = job.StepsCompleted,
        StepsTotal = job.StepsTotal,
        DeleteRequestedAt = job.DeleteRequestedAt is { } at ? Time(at) : null,
    };

    /// <summary>The paths of a job's last-rendered images.</summary>
    /// <param name="path">The path of the job's files.</param>
    public static LastRenderedInfo LastRendered(string path) => new(path, [.. LastRenderedSize.All.Select(size => size.FileName)]);

    /// <summary>A task in a list.</summary>
    public static TaskSummaryMessage Message(TaskSummary task) => new()
    {
        Id = task.Uuid,
        Name = task.Name,
        Status = task.Status.Wire(),
        IndexInJob = task.Index + 1L,
        Priority = task.Priority,
        TaskType = task.Type,
        Updated = Time(task.UpdatedAt),
        StepsCompleted = task.StepsCompleted,
        StepsTotal = task.StepsTotal,
        Worker = Message(task.Worker),
    };

    /// <summary>A task.</summary>
    public static TaskMessage Message(TaskDetails task) => new()
    {
        Id = task.Uuid,
        Name = task.Name,
        Status = task.Status.Wire(),
        IndexInJob = task.Index + 1L,
        Priority = task.Priority,
        TaskType = task.Type,
        Updated = Time(task.UpdatedAt),
        StepsCompleted = task.StepsCompleted,
        StepsTotal = task.StepsTotal,
        Worker = Message(task.Worker),
        JobId = task.JobUuid,
        Created = Time(task.CreatedAt),
        Activity = task.Activity,
        Commands = new RawJson(task.Commands),
        FailedByWorkers = [.. task.FailedBy.Select(Message)],
        LastTouched = task.TouchedAt is { } at ? Time(at) : null,
    };

    private static TaskWorker Message(WorkerName? worker) =>
        worker is null ? new TaskWorker("", "", "") : new TaskWorker(worker.Uuid.ToString(), worker.Name, worker.Address);

    private static JsonArray Commands(string commands, VariableExpander? variables)
    {
        var array = JsonNode.Parse(commands)!.AsArray();
        if (variables is null) return array;
        foreach (var command in array) command!["parameters"] = variables.Expand(command["parameters"]!.AsObject());
        return array;
    }
}
