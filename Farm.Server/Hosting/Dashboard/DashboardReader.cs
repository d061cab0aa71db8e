using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Workers;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Discovery;
using Farm.Server.JobTypes;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Lists;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Workers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using JobStatus = Farm.Dashboard.Ports.JobStatus;
using WorkerStatus = Farm.Dashboard.Ports.WorkerStatus;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Reads the store for the dashboard. Each call sees one snapshot and runs off the caller's thread, which may be a browser's circuit.
/// </summary>
internal sealed class DashboardReader(
    FarmStore store, WorkerProtocols protocols, IOptionsMonitor<FarmSettings> settings, FarmApiAddress api, IServer server) : IFarmReader
{
    private const int LongestPage = 1000;

    /// <inheritdoc/>
    public Task<FarmIdentity> ReadIdentityAsync(CancellationToken cancellation)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return Task.Run(
            () => new FarmIdentity(
                settings.CurrentValue.ManagerName, FarmIdentities.Version, FarmIdentities.Addresses([.. listening], ManagerUrls.OfThisMachine())),
            cancellation);
    }

    /// <inheritdoc/>
    public Task<Overview> ReadOverviewAsync(CancellationToken cancellation) => Read(cancellation, static db =>
    {
        var jobs = OverviewCounts.Jobs(db);
        return new Overview(
            jobs.ToDictionary(group => group.Status.As<JobStatus>(), group => RowMapping.Number(group.Jobs)),
            OverviewCounts.Workers(db).ToDictionary(group => group.Status.As<WorkerStatus>(), group => RowMapping.Number(group.Workers)),
            RowMapping.Map(jobs.Where(group => !JobRules.IsOver(group.Status))
                .Aggregate(default(Domain.Tasks.TaskCounts), static (sum, group) => sum + group.Tasks)),
            JobList.LastRendered(db) is { } last ? RowMapping.Image(last) : null);
    });

    /// <inheritdoc/>
    public Task<Page<JobRow>> ReadJobsAsync(JobQuery query, CancellationToken cancellation)
    {
        var filter = Filter(query.Page, query.Statuses?.Select(status => status.As<Domain.Jobs.JobStatus>()), query.Search);
        return Read(cancellation, db =>
        {
            var rows = JobList.Page(db, filter, query.Sort.As<JobListSort>(), query.Descending);
            return new Page<JobRow>(
                [.. rows.Select(RowMapping.Map)], RowMapping.Number(filter.Total(rows.Count, () => JobList.Count(db, filter))));
        });
    }

    /// <inheritdoc/>
    public Task<JobDetail?> FindJobAsync(Guid jobId, CancellationToken cancellation) => Read(cancellation, db =>
    {
        if (JobList.ByUuid(db, jobId) is not { } job) return null;
        var (jobSettings, metadata) = JobList.Texts(db, job.Id);
        return new JobDetail(RowMapping.Map(job), JsonLines.Entries(jobSettings), JsonLines.Entries(metadata));
    });

    /// <inheritdoc/>
    public Task<Page<TaskRow>> ReadTasksAsync(Guid jobId, TaskQuery query, CancellationToken cancellation)
    {
        var filter = Filter(query.Page, query.Statuses?.Select(status => status.As<TaskStatus>()), query.Search);
        return Read(cancellation, db =>
        {
            if (JobList.ByUuid(db, jobId) is not { } job) return new Page<TaskRow>([], 0);
            var rows = TaskList.Page(db, job.Id, job.Tasks, filter, query.Sort.As<TaskListSort>(), query.Descending);
            return new Page<TaskRow>(
                [.. rows.Select(RowMapping.Map)], RowMapping.Number(TaskList.Total(db, job.Id, job.Tasks, filter, rows.Count)));
        });
    }

    /// <inheritdoc/>
    public Task<JobFiles> ReadFilesAsync(Guid jobId, PageRequest page, CancellationToken cancellation) => Read(cancellation, db =>
    {
        if (JobTable.ByUuid(db, jobId) is not { } job) return new JobFiles([], 0, 0, null);
        var (files, bytes) = ArtifactTable.SeenOfJob(db, job.Id);
        var rows = ArtifactTable.OfJob(db, job.Id, Math.Clamp(page.Limit, 0, LongestPage), Math.Max(0, page.Offset));
        return new JobFiles(
            [.. rows.Select(file => RowMapping.Map(file, api.Root))], RowMapping.Number(files), bytes,
            api.Root is null ? null : $"{api.Root}/jobs/{jobId}/artifacts.tar.gz");
    });

    /// <inheritdoc/>
    public Task<TaskDetail?> FindTaskAsync(Guid taskId, CancellationToken cancellation) => Read(cancellation, db =>
    {
        if (TaskList.ByUuid(db, taskId) is not { } task) return null;
        var (commands, touched) = TaskList.Details(db, task.Id);
        return new TaskDetail(
            RowMapping.Map(task),
            [.. TaskPreparation.Parse(commands).SelectMany(CommandLines.Of)],
            [.. TaskList.FailedBy(db, task.Id).Select(RowMapping.Map)],
            touched is { } at ? RowMapping.Time(at) : null);
    });

    /// <inheritdoc/>
    public Task<LogTail?> ReadLogTailAsync(Guid taskId, int maxBytes, CancellationToken cancellation) => Read(cancellation, db =>
        TaskList.ByUuid(db, taskId) is { } task ? LogTails.Read(db, task.Id, maxBytes) : null);

    /// <inheritdoc/>
    public Task<Page<WorkerRow>> ReadWorkersAsync(WorkerQuery query, CancellationToken cancellation)
    {
        var filter = Filter(query.Page, query.Statuses?.Select(status => status.As<Domain.Workers.WorkerStatus>()), query.Search);
        return Read(cancellation, db => new Page<WorkerRow>(
            [.. WorkerList.Page(db, filter, query.Sort.As<WorkerListSort>(), query.Descending).Select(worker => Row(db, worker))],
            RowMapping.Number(WorkerList.Count(db, filter))));
    }

    /// <inheritdoc/>
    public Task<WorkerRow?> FindWorkerAsync(Guid workerId, CancellationToken cancellation) => Read(cancellation, db =>
        WorkerTable.ByUuid(db, workerId) is { } worker ? Row(db, worker) : null);

    /// <inheritdoc/>
    public Task<Page<TaskRow>> ReadTasksOfWorkerAsync(Guid workerId, PageRequest page, CancellationToken cancellation)
    {
        var filter = Filter<TaskStatus>(page, null, null);
        return Read(cancellation, db =>
        {
            if (WorkerTable.ByUuid(db, workerId) is not { } worker) return new Page<TaskRow>([], 0);
            var rows = WorkerTaskList.Page(db, worker.Id, filter.Offset, filter.Limit);
            return new Page<TaskRow>(
                [.. rows.Select(RowMapping.Map)],
                RowMapping.Number(filter.Total(rows.Count, () => WorkerTaskList.Count(db, worker.Id))));
        });
    }

    private Task<T> Read<T>(CancellationToken cancellation, Func<SqliteSession, T> query) => Task.Run(() => store.Read(query), cancellation);

    private WorkerRow Row(SqliteSession db, FarmWorker worker) => RowMapping.Map(
        worker, WorkerTable.TaskTypes(db, worker.Id), WorkerList.TagNames(db, worker.Id), WorkerList.CurrentTask(db, worker.Id), protocols.Of(worker).PollsForRequests);

    private static ListFilter Filter<TStatus>(PageRequest page, IEnumerable<TStatus>? statuses, string? search)
        where TStatus : struct, Enum =>
        ListFilter.Of(Math.Max(0, page.Offset), Math.Clamp(page.Limit, 0, LongestPage), statuses ?? [], search);
}
