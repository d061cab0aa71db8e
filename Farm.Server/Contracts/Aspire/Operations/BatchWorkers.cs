using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Workers that fetch batches. They do not register: one that names itself for the first time is known from then on.</summary>
internal static class BatchWorkers
{
    /// <summary>The protocol that these workers speak, by its name in the settings.</summary>
    public const string Contract = "aspire";

    /// <summary>The worker that calls itself so, which is there now. One that people put to sleep stays asleep.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="name">What it calls itself.</param>
    /// <param name="address">Where it calls from.</param>
    /// <param name="newId">Makes the UUID of one that is new.</param>
    public static FarmWorker Here(WriteTransaction tx, string name, string address, Func<Guid> newId)
    {
        if (WorkerTable.ByName(tx.Db, name).Find(worker => worker.Contract == Contract) is not { } worker)
        {
            var id = WorkerTable.Insert(
                tx.Db, new NewWorker(newId(), name, SecretHash.OfNobody, Platform: "", address, EntryRules.TaskTypes, Contract), tx.Now);
            worker = WorkerTable.ById(tx.Db, id)!;
        }

        if (worker.Status is WorkerStatus.Awake or WorkerStatus.Asleep && worker.Address == address) return worker;
        WorkerTable.SetMetadata(tx.Db, worker.Id, name, "Aspire worker", address, canRestart: false, tx.Now);
        WorkerTable.SetStatus(tx.Db, worker.Id, worker.Status == WorkerStatus.Asleep ? WorkerStatus.Asleep : WorkerStatus.Awake, request: null, timedOutFrom: null, tx.Now);
        WorkerTable.SetSeen(tx.Db, worker.Id, tx.Now);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
        return WorkerTable.ById(tx.Db, worker.Id)!;
    }

    /// <summary>The workers of any contract that are known under an id or name; names need not be unique.</summary>
    public static List<FarmWorker> Known(SqliteSession db, string idOrName) =>
        Guid.TryParseExact(idOrName, "D", out var uuid) && WorkerTable.ByUuid(db, uuid) is { } worker ? [worker] : WorkerTable.ByName(db, idOrName);
}
