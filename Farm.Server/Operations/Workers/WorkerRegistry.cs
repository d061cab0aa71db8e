using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>Workers come into being and are removed.</summary>
internal sealed class WorkerRegistry(
    FarmStore store, TaskRequeue requeue, WorkerProtocols protocols, WorkerAuthentication authentication, TimeProvider time, ILogger<WorkerRegistry> log)
{
    /// <summary>Makes a new worker, offline; names need not be unique (Contracts/Flamenco/Contract.md section 3.1).</summary>
    /// <param name="name">What it calls itself.</param>
    /// <param name="secret">What it will prove itself with; only a hash is kept.</param>
    /// <param name="protocol">The protocol that it speaks.</param>
    /// <param name="platform">Its operating system.</param>
    /// <param name="address">Where it is.</param>
    /// <param name="taskTypes">The types of tasks that it supports.</param>
    public async Task<FarmWorker> RegisterAsync(string name, string secret, string protocol, string platform, string address, IReadOnlyList<string> taskTypes)
    {
        var hash = await Task.Run(() => SecretHash.Make(secret));
        var worker = await store.WriteAsync(tx =>
        {
            var uuid = Guid.CreateVersion7(time.GetUtcNow());
            var id = WorkerTable.Insert(tx.Db, new NewWorker(uuid, name, hash, platform, address, taskTypes, protocol), tx.Now);
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
            return WorkerTable.ById(tx.Db, id)!;
        });
        log.LogInformation("Worker {Name} ({Uuid}) registered from {Address}", name, worker.Uuid, address);
        return worker;
    }

    /// <summary>Removes a worker; its tasks are given back, and its credentials are worth nothing from now on.</summary>
    /// <exception cref="FarmException">There is no such worker.</exception>
    public async Task RemoveAsync(Guid uuid)
    {
        if (store.Read(db => WorkerTable.ByUuid(db, uuid)) is { } known)
            await protocols.Of(known).RemovingAsync(known);
        var name = await store.WriteAsync(tx =>
        {
            var worker = WorkerTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such worker");
            requeue.All(tx, worker.Id, TaskCause.WorkerLeft, $"Worker {worker.Name} was removed");
            WorkerTable.Remove(tx.Db, worker.Id, tx.Now);
            tx.AfterCommit(() => authentication.Forget(uuid));
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
            return worker.Name;
        });
        log.LogInformation("Worker {Name} ({Uuid}) was removed", name, uuid);
    }
}
