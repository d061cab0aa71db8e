using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Workers that fetch batches. They are registered at their first request.</summary>
internal static class BatchWorkers
{
    /// <summary>The protocol name of these workers.</summary>
    public const string Contract = "aspire";

    /// <summary>Finds or registers a worker by name and marks it awake, unless it is asleep.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="caller">Who asks; a new worker may have to wait for approval.</param>
    /// <param name="name">Its name.</param>
    /// <param name="address">Its network address.</param>
    /// <param name="newId">Creates the UUID of a new worker.</param>
    public static FarmWorker GetOrRegister(WriteTransaction tx, Caller caller, string name, string address, Func<Guid> newId)
    {
        if (WorkerTable.ByName(tx.Db, name).Find(worker => worker.Contract == Contract) is not { } worker)
        {
            var id = WorkerTable.Insert(
                tx.Db, new NewWorker(newId(), name, SecretHash.OfNobody, Platform: "", address, EntryRules.TaskTypes, Contract, WorkerApproval.OfNew(tx.Db, caller)),
                tx.Now);
            worker = WorkerTable.ById(tx.Db, id)!;
            AuditLog.Add(tx, Caller.Worker(name, address, caller.Key), AuditVerb.RegisterWorker, new AuditTarget("worker", worker.Uuid, name), after: Contract);
        }

        if (worker.Status is WorkerStatus.Awake or WorkerStatus.Asleep && worker.Address == address) return worker;
        WorkerTable.SetMetadata(tx.Db, worker.Id, name, "Aspire worker", address, canRestart: false, tx.Now);
        WorkerTable.SetStatus(tx.Db, worker.Id, worker.Status == WorkerStatus.Asleep ? WorkerStatus.Asleep : WorkerStatus.Awake, request: null, timedOutFrom: null, tx.Now);
        WorkerTable.SetSeen(tx.Db, worker.Id, tx.Now);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
        return WorkerTable.ById(tx.Db, worker.Id)!;
    }

    /// <summary>The workers of any protocol with a UUID or name; names need not be unique.</summary>
    public static List<FarmWorker> Find(StoreSession db, string idOrName) =>
        Guid.TryParseExact(idOrName, "D", out var uuid) && WorkerTable.ByUuid(db, uuid) is { } worker ? [worker] : WorkerTable.ByName(db, idOrName);
}
