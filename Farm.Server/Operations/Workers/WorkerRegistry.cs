using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Batches;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store;

namespace Farm.Server.Operations.Workers;

/// <summary>Workers come into being and are removed.</summary>
internal sealed class WorkerRegistry(FarmStore store, WorkerAuthentication authentication, TimeProvider time, ILogger<WorkerRegistry> log)
{
    /// <summary>Makes a new worker, offline; names need not be unique (contracts/flamenco.md section 3.1).</summary>
    /// <param name="name">What it calls itself.</param>
    /// <param name="secret">What it will prove itself with; only a hash is kept.</param>
    /// <param name="platform">Its operating system.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="taskTypes">The types of tasks that it supports.</param>
    public async Task<Worker> Register(string name, string secret, string platform, string address, IReadOnlyList<string> taskTypes)
    {
        var hash = await Task.Run(() => SecretHash.Make(secret));
        var worker = await store.Write(tx =>
        {
            var uuid = Guid.CreateVersion7(time.GetUtcNow());
            var id = WorkerRows.Insert(tx.Db, new NewWorker(uuid, name, hash, platform, address, taskTypes), tx.Now);
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
            return WorkerRows.ById(tx.Db, id)!;
        });
        log.LogInformation("Worker {Name} ({Uuid}) registered from {Address}", name, worker.Uuid, address);
        return worker;
    }

    /// <summary>Removes a worker; its tasks are given back, and its credentials are worth nothing from now on.</summary>
    /// <exception cref="FarmError">There is no such worker.</exception>
    public async Task Remove(Guid uuid)
    {
        if (store.Read(db => WorkerRows.ByUuid(db, uuid)) is { } known)
            await BatchReturns.Release(store, db => BatchRows.HeldBy(db, known.Id), $"Worker {known.Name} was removed", acknowledged: true);
        var name = await store.Write(tx =>
        {
            var worker = WorkerRows.ByUuid(tx.Db, uuid) ?? throw FarmError.NotFound("no such worker");
            TaskReturns.GiveBackAll(tx, worker.Id, AttemptOutcome.GivenBack, $"Worker {worker.Name} was removed");
            WorkerRows.Remove(tx.Db, worker.Id, tx.Now);
            tx.AfterCommit(() => authentication.Forget(uuid));
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
            return worker.Name;
        });
        log.LogInformation("Worker {Name} ({Uuid}) was removed", name, uuid);
    }
}
