using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>Registers and removes workers.</summary>
internal sealed class WorkerRegistry(
    FarmStore store, TaskRequeue requeue, WorkerProtocols protocols, WorkerAuthentication authentication, AuditLog audit,
    TimeProvider time, ILogger<WorkerRegistry> log)
{
    /// <summary>Registers a worker with status offline; names need not be unique (Contracts/Flamenco/Contract.md section 3.1).</summary>
    /// <param name="caller">Who registers it; it may have to wait for approval.</param>
    /// <param name="name">Its name.</param>
    /// <param name="secret">Its secret; only a hash is stored.</param>
    /// <param name="protocol">Its protocol.</param>
    /// <param name="platform">Its operating system.</param>
    /// <param name="address">Its network address.</param>
    /// <param name="taskTypes">The task types that it supports.</param>
    /// <exception cref="FarmException">Too many workers register at once (exhausted).</exception>
    public async Task<FarmWorker> RegisterAsync(
        Caller caller, string name, string secret, string protocol, string platform, string address, IReadOnlyList<string> taskTypes)
    {
        // First, so that who will be refused costs no slow hash.
        store.Read(db => WorkerApproval.OfNew(db, caller));
        var hash = await SecretQueue.Workers.MakeAsync(SecretHash.Make, secret);
        var worker = await store.WriteAsync(tx =>
        {
            var uuid = Guid.CreateVersion7(time.GetUtcNow());
            var id = WorkerTable.Insert(tx.Db, new NewWorker(uuid, name, hash, platform, address, taskTypes, protocol, WorkerApproval.OfNew(tx.Db, caller)), tx.Now);
            AuditLog.Add(tx, Caller.Worker(name, address, caller.Key), AuditVerb.RegisterWorker, new AuditTarget("worker", uuid, name), after: protocol);
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
            return WorkerTable.ById(tx.Db, id)!;
        });
        log.LogInformation("Worker {Name} ({Uuid}) registered from {Address}{Waiting}", name, worker.Uuid, address, worker.IsApproved ? "" : ", and waits to be approved");
        return worker;
    }

    /// <summary>Removes a worker, requeues its tasks and invalidates its credentials.</summary>
    /// <exception cref="FarmException">The caller may not control workers, or the worker does not exist.</exception>
    public Task RemoveAsync(Caller caller, Guid uuid) => audit.RunAsync(caller, AuditVerb.RemoveWorker, async action =>
    {
        var known = store.Read(db => WorkerTable.ByUuid(db, uuid));
        if (known is not null) action.On("worker", uuid, known.Name);
        caller.Demand(Permission.ControlWorkers);
        if (known is not null) await protocols.Of(known).RemovingAsync(known);
        var name = await store.WriteAsync(tx =>
        {
            var worker = WorkerTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such worker");
            requeue.All(tx, worker.Id, TaskCause.WorkerLeft, $"Worker {worker.Name} was removed");
            WorkerTable.Remove(tx.Db, worker.Id, tx.Now);
            action.Record(tx);
            tx.AfterCommit(() => authentication.Forget(uuid));
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
            return worker.Name;
        });
        log.LogInformation("Worker {Name} ({Uuid}) was removed", name, uuid);
    });
}
