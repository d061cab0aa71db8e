using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Jobs;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Discovery;
using Farm.Server.Hosting.Https;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views;
using Farm.Server.Store.Views.Farm;
using Farm.Server.Store.Views.Files;
using Farm.Server.Store.Views.Jobs;
using Farm.Server.Store.Views.Tasks;
using Farm.Server.Store.Views.Workers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

using JobRow = Farm.Dashboard.Ports.JobRow;
using JobStatus = Farm.Dashboard.Ports.JobStatus;
using TaskRow = Farm.Dashboard.Ports.TaskRow;
using WorkerRow = Farm.Dashboard.Ports.WorkerRow;
using WorkerStatus = Farm.Dashboard.Ports.WorkerStatus;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>
/// Reads the store for the dashboard. Each call reads one snapshot, not on the caller's thread, which may be that of a circuit.
/// </summary>
internal sealed class DashboardReader(
    IReadStore store, WorkerProtocols protocols, IOptionsMonitor<FarmSettings> settings, FarmApiAddress api, IServer server,
    CurrentCertificate? certificate = null) : IFarmReader
{
    private const int LongestPage = 1000;

    /// <inheritdoc/>
    public Task<FarmIdentity> ReadIdentityAsync(CancellationToken cancellationToken)
    {
        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return Task.Run(
            () => new FarmIdentity(
                settings.CurrentValue.ManagerName, FarmIdentities.Version,
                FarmIdentities.Addresses([.. listening], ManagerUrls.OfThisMachine(), certificate?.Value.VerifiedHostNames ?? []))
            {
                CertificateFingerprint = certificate?.Value is { IsSelfSigned: true } own ? own.Fingerprint : null,
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Overview> ReadOverviewAsync(CancellationToken cancellationToken) => ReadAsync(cancellationToken, static db =>
    {
        var jobs = FarmCountsView.Jobs(db);
        return new Overview(
            jobs.ToDictionary(group => group.Status.As<JobStatus>(), group => RowMapping.Number(group.Jobs)),
            FarmCountsView.Workers(db).ToDictionary(group => group.Status.As<WorkerStatus>(), group => RowMapping.Number(group.Workers)),
            RowMapping.Map(jobs.Where(group => !JobRules.IsOver(group.Status))
                .Aggregate(default(Domain.Tasks.TaskCounts), static (sum, group) => sum + group.Tasks)),
            JobView.LastRendered(db) is { } last ? RowMapping.Image(last) : null);
    });

    /// <inheritdoc/>
    public Task<Page<JobRow>> ReadJobsAsync(JobQuery query, CancellationToken cancellationToken)
    {
        var filter = Filter(query.Page, query.Statuses?.Select(status => status.As<Domain.Jobs.JobStatus>()), query.Search);
        return ReadAsync(cancellationToken, db =>
        {
            var rows = JobListView.Page(db, filter, query.Sort.As<JobListSort>(), query.Descending);
            return new Page<JobRow>(
                [.. rows.Select(RowMapping.Map)], RowMapping.Number(filter.Total(rows.Count, () => JobListView.Count(db, filter))));
        });
    }

    /// <inheritdoc/>
    public Task<JobDetail?> FindJobAsync(Guid jobId, CancellationToken cancellationToken) => ReadAsync(cancellationToken, db =>
    {
        if (JobView.Find(db, jobId) is not { IsBeingDeleted: false } job) return null;
        return new JobDetail(RowMapping.Map(job), JsonLines.Entries(job.Settings), JsonLines.Entries(job.Metadata));
    });

    /// <inheritdoc/>
    public Task<Page<TaskRow>> ReadTasksAsync(Guid jobId, TaskQuery query, CancellationToken cancellationToken)
    {
        var filter = Filter(query.Page, query.Statuses?.Select(status => status.As<TaskStatus>()), query.Search);
        return ReadAsync(cancellationToken, db =>
        {
            if (JobListView.Find(db, jobId) is not { } job) return new Page<TaskRow>([], 0);
            var rows = TaskListView.Page(db, job.Id, job.Tasks, filter, query.Sort.As<TaskListSort>(), query.Descending);
            return new Page<TaskRow>(
                [.. rows.Select(RowMapping.Map)], RowMapping.Number(TaskListView.Total(db, job.Id, job.Tasks, filter, rows.Count)));
        });
    }

    /// <inheritdoc/>
    public Task<JobFiles> ReadFilesAsync(Guid jobId, PageRequest page, CancellationToken cancellationToken) => ReadAsync(cancellationToken, db =>
    {
        if (JobListView.Find(db, jobId) is not { } job) return new JobFiles([], 0, 0, null);
        var (files, bytes) = ArtifactView.Totals(db, job.Id);
        var rows = ArtifactView.OfJob(db, job.Id, Math.Clamp(page.Limit, 0, LongestPage), Math.Max(0, page.Offset));
        return new JobFiles(
            [.. rows.Select(file => RowMapping.Map(file, api.Root))], RowMapping.Number(files), bytes,
            api.Root is null ? null : $"{api.Root}/jobs/{jobId}/artifacts.tar.gz");
    });

    /// <inheritdoc/>
    public Task<TaskDetail?> FindTaskAsync(Guid taskId, CancellationToken cancellationToken) => ReadAsync(cancellationToken, db =>
    {
        if (TaskView.Find(db, taskId) is not { IsBeingDeleted: false } task) return null;
        return new TaskDetail(
            RowMapping.Map(task),
            [.. CommandDraftJson.Read(task.Commands).SelectMany(CommandLines.Of)],
            [.. task.FailedBy.Select(RowMapping.Map)],
            task.TouchedAt is { } at ? RowMapping.Time(at) : null);
    });

    /// <inheritdoc/>
    public Task<LogTail?> ReadLogTailAsync(Guid taskId, int maxBytes, CancellationToken cancellationToken) => ReadAsync(cancellationToken, db =>
        TaskView.Find(db, taskId) is { IsBeingDeleted: false } task ? LogTails.Read(db, task.Id, maxBytes) : null);

    /// <inheritdoc/>
    public Task<Page<WorkerRow>> ReadWorkersAsync(WorkerQuery query, CancellationToken cancellationToken)
    {
        var filter = Filter(query.Page, query.Statuses?.Select(status => status.As<Domain.Workers.WorkerStatus>()), query.Search);
        return ReadAsync(cancellationToken, db => new Page<WorkerRow>(
            [.. WorkerListView.Page(db, filter, query.Sort.As<WorkerListSort>(), query.Descending).Select(Row)],
            RowMapping.Number(WorkerListView.Count(db, filter))));
    }

    /// <inheritdoc/>
    public Task<WorkerRow?> FindWorkerAsync(Guid workerId, CancellationToken cancellationToken) => ReadAsync(cancellationToken, db =>
        WorkerView.Find(db, workerId) is { } worker ? Row(worker) : null);

    /// <inheritdoc/>
    public Task<Page<TaskRow>> ReadTasksOfWorkerAsync(Guid workerId, PageRequest page, CancellationToken cancellationToken)
    {
        var filter = Filter<TaskStatus>(page, null, null);
        return ReadAsync(cancellationToken, db =>
        {
            if (WorkerTable.ByUuid(db, workerId) is not { } worker) return new Page<TaskRow>([], 0);
            var rows = WorkerTaskListView.Page(db, worker.Id, filter.Offset, filter.Limit);
            return new Page<TaskRow>(
                [.. rows.Select(RowMapping.Map)],
                RowMapping.Number(filter.Total(rows.Count, () => WorkerTaskListView.Count(db, worker.Id))));
        });
    }

    private Task<T> ReadAsync<T>(CancellationToken cancellationToken, Func<StoreSession, T> query) => Task.Run(() => store.Read(query), cancellationToken);

    private WorkerRow Row(Store.Views.Workers.WorkerRow row) => RowMapping.Map(row, protocols.Of(row.Worker).PollsForRequests);

    private static ListFilter Filter<TStatus>(PageRequest page, IEnumerable<TStatus>? statuses, string? search)
        where TStatus : struct, Enum =>
        ListFilter.Of(Math.Max(0, page.Offset), Math.Clamp(page.Limit, 0, LongestPage), statuses ?? [], search);
}
