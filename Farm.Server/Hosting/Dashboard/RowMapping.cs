using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Workers;
using Farm.Server.JobTypes.FlowServ.Plans;
using Farm.Server.Operations.Images;
using JobRow = Farm.Dashboard.Ports.JobRow;
using TaskRow = Farm.Dashboard.Ports.TaskRow;
using ViewedJob = Farm.Server.Store.Views.Jobs.JobRow;
using ViewedTask = Farm.Server.Store.Views.Tasks.TaskRow;
using ViewedWorker = Farm.Server.Store.Views.Workers.WorkerRow;
using WorkerRow = Farm.Dashboard.Ports.WorkerRow;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Maps rows of the store to rows of the dashboard.</summary>
internal static class RowMapping
{
    /// <summary>A job as lists show it.</summary>
    public static JobRow Map(ViewedJob job) => new(
        job.Uuid, job.Name, job.Type, job.Status.As<JobStatus>(), job.Priority, job.Activity, Time(job.CreatedAt), Time(job.UpdatedAt),
        Number(job.StepsCompleted), Number(job.StepsTotal), Map(job.Tasks), Image(job), job.StaysOpen, job.Type == RunPlan.JobType);

    /// <inheritdoc cref="DashboardValues.Map"/>
    public static TaskCounts Map(Domain.Tasks.TaskCounts counts) => DashboardValues.Map(counts);

    /// <summary>A task as lists show it.</summary>
    public static TaskRow Map(ViewedTask task) => new(
        task.Uuid, task.JobUuid, task.JobName, task.Index, task.Name, task.Type,
        task.Status.As<Farm.Dashboard.Ports.TaskStatus>(), task.Activity, task.Worker is { } worker ? Map(worker) : null,
        task.StepsCompleted, task.StepsTotal, task.Priority, Time(task.UpdatedAt), task.Failures, task.Type == RunPlan.TaskType);

    /// <summary>A file that a task produced.</summary>
    /// <param name="file">The file.</param>
    /// <param name="root">The root of Farm's own API; null when it is disabled.</param>
    public static FileRow Map(Artifact file, string? root) => new(
        file.Uuid, file.Path, file.TaskName, file.Size, root is null ? null : $"{root}/artifacts/{file.Uuid:N}");

    /// <summary>A link to a worker.</summary>
    public static WorkerLink Map(WorkerName worker) => new(worker.Uuid, worker.Name.Length > 0 ? worker.Name : "unnamed worker");

    /// <summary>A worker as lists show it.</summary>
    public static WorkerRow Map(ViewedWorker row, bool pollsForRequests) => Map(row, row.Worker, pollsForRequests);

    /// <summary>A job's newest image; null if it has none.</summary>
    public static RenderedImage? Image(ViewedJob job)
    {
        if (job.LastRenderedAt is not { } produced) return null;
        var directory = $"/job-files/{JobDirectory.Relative(job.Uuid)}";
        var urls = LastRenderedSize.All.Select(size => $"{directory}/{size.FileName}?v={produced}").ToArray();
        return new RenderedImage(job.Uuid, job.Name, urls[0], urls[1], urls[2], Time(produced));
    }

    /// <inheritdoc cref="DashboardValues.Number"/>
    public static int Number(long count) => DashboardValues.Number(count);

    /// <inheritdoc cref="DashboardValues.Time"/>
    public static DateTimeOffset Time(long milliseconds) => DashboardValues.Time(milliseconds);

    private static WorkerRow Map(ViewedWorker row, FarmWorker worker, bool pollsForRequests) => new(
        worker.Uuid, worker.Name.Length > 0 ? worker.Name : $"worker {worker.Id}", worker.Status.As<Farm.Dashboard.Ports.WorkerStatus>(), Requested(worker), worker.CanRestart,
        worker.Platform, worker.Address, worker.Software, row.TaskTypes, [.. row.Tags.Select(tag => tag.Name)], worker.LastSeenAt is { } seen ? Time(seen) : null,
        row.CurrentTask is { } task ? new TaskLink(task.Uuid, task.Name, task.JobUuid, task.JobName) : null,
        worker.Contract, pollsForRequests, worker.IsApproved);

    private static WorkerRequest? Requested(FarmWorker worker) => worker switch
    {
        // Signing off leaves this request, so that the worker wakes when it returns; nobody requested it.
        { Status: Domain.Workers.WorkerStatus.Offline, Request.Status: Domain.Workers.WorkerStatus.Awake } => null,
        { Request: { } request } when WorkerVerbs.VerbFor(request.Status) is { } verb => new WorkerRequest(verb, request.Lazy),
        _ => null,
    };
}
