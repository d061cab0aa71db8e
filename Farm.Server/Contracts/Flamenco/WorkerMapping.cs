using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Views.Tasks;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>Maps workers and tags to messages of this protocol.</summary>
internal static class WorkerMapping
{
    /// <summary>A worker in a list.</summary>
    public static WorkerSummaryMessage Message(FarmWorker worker) => new()
    {
        Id = worker.Uuid,
        Name = worker.Name,
        Status = worker.Status.Name(),
        Version = worker.Software,
        CanRestart = worker.CanRestart,
        StatusChange = Change(worker.Request),
        LastSeen = worker.LastSeenAt is { } at ? Mapping.Time(at) : null,
    };

    /// <summary>A worker.</summary>
    public static WorkerMessage Message(WorkerRow details) => new()
    {
        Id = details.Worker.Uuid,
        Name = details.Worker.Name,
        Status = details.Worker.Status.Name(),
        Version = details.Worker.Software,
        CanRestart = details.Worker.CanRestart,
        StatusChange = Change(details.Worker.Request),
        LastSeen = details.Worker.LastSeenAt is { } at ? Mapping.Time(at) : null,
        IpAddress = details.Worker.Address,
        Platform = details.Worker.Platform,
        SupportedTaskTypes = details.TaskTypes,
        Task = details.Task is { } task ? TaskMessage(task) : null,
        Tags = details.Tags.Count > 0 ? [.. details.Tags.Select(Message)] : null,
    };

    /// <summary>A tag.</summary>
    public static WorkerTagMessage Message(WorkerTag tag) => new(tag.Uuid, tag.Name, tag.Description.Length > 0 ? tag.Description : null);

    private static WorkerTaskMessage TaskMessage(TaskRow task)
    {
        var summary = Mapping.Message(task);
        return new WorkerTaskMessage
        {
            Id = summary.Id,
            Name = summary.Name,
            Status = summary.Status,
            IndexInJob = summary.IndexInJob,
            Priority = summary.Priority,
            TaskType = summary.TaskType,
            Updated = summary.Updated,
            StepsCompleted = summary.StepsCompleted,
            StepsTotal = summary.StepsTotal,
            Worker = summary.Worker,
            JobId = task.JobUuid,
        };
    }

    private static StatusChangeMessage? Change(StatusRequest? request) =>
        request is { } asked ? new StatusChangeMessage(asked.Status.Name(), asked.Lazy) : null;
}
