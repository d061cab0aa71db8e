using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>Who is kept from tasks of a job, as people look at it and change it (Contracts/Flamenco/Contract.md section 6.2).</summary>
internal sealed class JobBlocklist(FarmStore store)
{
    /// <summary>The blocklist of a job, in the order of the workers' registration.</summary>
    /// <exception cref="FarmException">There is no such job.</exception>
    public List<BlockedWorker> Of(Guid job) => store.Read(db => BlocklistView.OfJob(db, Id(db, job)));

    /// <summary>Lets workers have tasks of a type of a job again; what is not on the list is passed over.</summary>
    /// <exception cref="FarmException">There is no such job.</exception>
    public Task RemoveAsync(Guid job, IReadOnlyList<(Guid Worker, string TaskType)> entries) => store.WriteAsync(tx =>
    {
        var id = Id(tx.Db, job);
        foreach (var (worker, type) in entries) FailureTable.Unblock(tx.Db, id, worker, type);
        tx.Publish(new FarmEvent(FarmEventKind.Job, job));
    });

    private static long Id(SqliteSession db, Guid job) => JobTable.ByUuid(db, job)?.Id ?? throw FarmException.NotFound("no such job");
}
