using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>Decides which workers may get tasks: those that somebody brings who may, and those that an operator approves.</summary>
internal sealed class WorkerApproval(FarmStore store, AuditLog audit, ILogger<WorkerApproval> log)
{
    private const int MaxWaiting = 1000;

    /// <summary>Whether a new worker may get tasks at once.</summary>
    /// <param name="db">The database.</param>
    /// <param name="caller">Who registers it.</param>
    /// <exception cref="FarmException">It would have to wait, and too many do already (exhausted).</exception>
    public static bool OfNew(StoreSession db, Caller caller)
    {
        if (caller.May(Permission.AddWorkers)) return true;
        if (WorkerTable.CountUnapproved(db) >= MaxWaiting)
            throw new FarmException(ErrorKind.Exhausted, $"{MaxWaiting} workers wait to be approved, which is the limit; approve or remove some on the page Workers");
        return false;
    }

    /// <summary>Looks at a worker that signs on, which may do so with a token that it did not have before.</summary>
    /// <returns>Whether it may get tasks.</returns>
    public async Task<bool> ReviewAsync(Caller caller, long workerId)
    {
        if (store.Read(db => WorkerTable.ById(db, workerId)) is not { IsApproved: false } worker) return true;
        if (!caller.May(Permission.AddWorkers)) return false;
        await ApproveAsync(caller, worker.Uuid, Permission.AddWorkers);
        return true;
    }

    /// <summary>Lets a worker get tasks.</summary>
    /// <exception cref="FarmException">The caller may not control workers, or the worker does not exist.</exception>
    public Task ApproveAsync(Caller caller, Guid uuid) => ApproveAsync(caller, uuid, Permission.ControlWorkers);

    private async Task ApproveAsync(Caller caller, Guid uuid, Permission needed)
    {
        var name = await audit.WriteAsync(caller, AuditVerb.ApproveWorker, (tx, action) =>
        {
            var known = WorkerTable.ByUuid(tx.Db, uuid);
            action.On("worker", uuid, known?.Name ?? "");
            caller.Demand(needed);
            var worker = known ?? throw FarmException.NotFound("no such worker");
            if (worker.IsApproved) action.DoesNothing();
            WorkerTable.Approve(tx.Db, worker.Id, tx.Now);
            tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
            return worker.Name;
        });
        log.LogInformation("Worker {Name} ({Uuid}) was approved", name, uuid);
    }
}
