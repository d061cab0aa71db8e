using Farm.Server.Domain.Workers;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Store.Views.Workers;

/// <summary>A worker with its task types, tags and task.</summary>
/// <param name="Worker">The worker itself.</param>
/// <param name="TaskTypes">The task types that it supports, sorted.</param>
/// <param name="Tags">The tags of the worker, by name.</param>
/// <param name="Task">The task that it holds or held last; null if there is none or it no longer exists.</param>
internal sealed record WorkerRow(FarmWorker Worker, IReadOnlyList<string> TaskTypes, IReadOnlyList<WorkerTag> Tags, TaskRow? Task)
{
    /// <summary>Its current task; null if there is none.</summary>
    public TaskRow? CurrentTask => Task is { Status: TaskStatus.Active, Worker: { } holder } && holder.Uuid == Worker.Uuid ? Task : null;
}
