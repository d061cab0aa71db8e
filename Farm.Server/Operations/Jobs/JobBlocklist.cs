using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>Shows and changes the blocklist of a job (Contracts/Flamenco/Contract.md section 6.2).</summary>
internal sealed class JobBlocklist(IReadStore store, AuditLog audit)
{
    /// <summary>The blocklist of a job, in order of worker registration.</summary>
    /// <exception cref="FarmException">The job does not exist.</exception>
    public List<BlockedWorker> Of(Guid job) => store.Read(db => BlocklistView.OfJob(db, Id(db, job)));

    /// <summary>Removes entries from the blocklist; ignores entries that are not on it.</summary>
    /// <exception cref="FarmException">The caller may not control the job, or it does not exist.</exception>
    public Task RemoveAsync(Caller caller, Guid job, IReadOnlyList<(Guid Worker, string TaskType)> entries) => audit.WriteAsync(caller, AuditVerb.Unblock, (tx, action) =>
    {
        var found = JobTable.ByUuid(tx.Db, job) ?? throw FarmException.NotFound("no such job");
        action.On("job", job, found.Name);
        action.Change(string.Join(", ", entries.Select(entry => $"{WorkerTable.ByUuid(tx.Db, entry.Worker)?.Name ?? $"{entry.Worker}"} ({entry.TaskType})")), null);
        JobAccess.Demand(tx.Db, caller, found);
        foreach (var (worker, type) in entries) FailureTable.Unblock(tx.Db, found.Id, worker, type);
        tx.Publish(new FarmEvent(FarmEventKind.Job, job));
    });

    private static long Id(StoreSession db, Guid job) => JobTable.ByUuid(db, job)?.Id ?? throw FarmException.NotFound("no such job");
}
