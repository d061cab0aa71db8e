using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Registers, authenticates and manages workers (Contracts/TaskTracker/Contract.md sections 2.1 and 4.1).</summary>
internal sealed class TrackerWorkers(FarmStore store, AuditLog audit, TimeProvider time, ILogger<TrackerWorkers> log)
{
    /// <summary>Registers a worker.</summary>
    /// <param name="caller">Who registers it; it may have to wait for approval.</param>
    /// <param name="alias">Its name; need not be unique.</param>
    /// <param name="address">Its network address.</param>
    /// <returns>The worker and its secret, which is stored only as a hash.</returns>
    public async Task<(TrackerWorker Worker, string Secret)> CreateAsync(Caller caller, string alias, string address)
    {
        var secret = RandomSecret.Make();
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        var row = new NewWorker(uuid, alias, RandomSecret.Hash(secret), Platform: "", address, [RecipeCommand.Type], TrackerWorkerProtocol.Protocol, IsApproved: false);
        var worker = await store.WriteAsync(tx =>
        {
            var id = WorkerTable.Insert(tx.Db, row with { IsApproved = WorkerApproval.OfNew(tx.Db, caller) }, tx.Now);
            WorkerTable.SetStatus(tx.Db, id, WorkerStatus.Awake, request: null, timedOutFrom: null, tx.Now);
            WorkerTable.SetSeen(tx.Db, id, tx.Now);
            AuditLog.Add(tx, Caller.Worker(alias, address, caller.Key), AuditVerb.RegisterWorker, new AuditTarget("worker", uuid, alias), after: TrackerWorkerProtocol.Protocol);
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
            return TrackerWorkerView.Find(tx.Db, id)!;
        });
        log.LogInformation("Worker {Name} (id {Id}) registered from {Address}", alias, worker.Id, address);
        return (worker, secret);
    }

    /// <summary>The worker with this id and secret, or null.</summary>
    public FarmWorker? Check(long id, string secret)
    {
        var (worker, hash) = store.Read(db => (WorkerTable.ById(db, id), WorkerTable.SecretHash(db, id)));
        return worker?.Contract == TrackerWorkerProtocol.Protocol && hash is not null && RandomSecret.Matches(secret, hash) ? worker : null;
    }

    /// <summary>Renames a worker.</summary>
    /// <exception cref="FarmException">The worker was deleted.</exception>
    public Task RenameAsync(long id, string alias) => store.WriteAsync(tx =>
    {
        var worker = TrackerWorkerView.Find(tx.Db, id) ?? throw FarmException.NotFound("no such worker");
        WorkerTable.SetName(tx.Db, id, alias, tx.Now);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
    });

    /// <summary>Pauses or resumes a worker. It keeps the tasks that it holds.</summary>
    /// <exception cref="FarmException">The worker is unknown.</exception>
    public async Task SetPausedAsync(Caller caller, long id, bool paused)
    {
        var name = await audit.WriteAsync(caller, AuditVerb.RequestStatus, (tx, action) =>
        {
            var worker = WorkerTable.ById(tx.Db, id);
            if (worker is not null) action.On("worker", worker.Uuid, worker.Name);
            action.Change(worker?.Status.Name(), (paused ? WorkerStatus.Asleep : WorkerStatus.Awake).Name());
            if (worker?.Contract != TrackerWorkerProtocol.Protocol) throw FarmException.NotFound("no such worker");
            WorkerPresence.Become(tx, worker, paused ? WorkerStatus.Asleep : WorkerStatus.Awake);
            return worker.Name;
        });
        log.LogInformation("Worker {Name} (id {Id}) was {Action}", name, id, paused ? "paused" : "resumed");
    }

    /// <summary>The worker with this id, or null.</summary>
    public TrackerWorker? Find(long id) => store.Read(db => TrackerWorkerView.Find(db, id));

    /// <summary>All workers, in order of registration.</summary>
    public List<TrackerWorker> All() => store.Read(TrackerWorkerView.All);
}
