using Farm.Server.Domain.Workers;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Store.Views.Workers;

/// <summary>A worker with what belongs to it.</summary>
/// <param name="Worker">The worker itself.</param>
/// <param name="TaskTypes">The types of tasks that it supports, sorted.</param>
/// <param name="Tags">The tags of the worker, by name.</param>
/// <param name="Task">The task that it has, or had last; null when it never had one that still exists.</param>
internal sealed record WorkerRow(FarmWorker Worker, IReadOnlyList<string> TaskTypes, IReadOnlyList<WorkerTag> Tags, TaskRow? Task)
{
    /// <summary>Its current task; null when there is none.</summary>
    public TaskRow? CurrentTask => Task is { Status: TaskStatus.Active, Worker: { } holder } && holder.Uuid == Worker.Uuid ? Task : null;
}
