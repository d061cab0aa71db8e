using Farm.Server.Domain;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Scheduling;

/// <summary>Hands out tasks (Contracts/Flamenco/Contract.md sections 3.6 and 4.6).</summary>
internal sealed class Scheduler(FarmStore store, TaskTransitions transitions)
{
    /// <summary>The next task for a worker, or what it must do instead.</summary>
    /// <exception cref="FarmException">The worker was removed.</exception>
    public Task<ScheduleAnswer> ScheduleAsync(long workerId) => store.WriteAsync(tx =>
    {
        var worker = WorkerTable.ById(tx.Db, workerId) ?? throw new FarmException(ErrorKind.Forbidden, "this worker was removed");
        if (worker.Request is { } request) return new ScheduleAnswer(null, request.Status, null, worker.Platform);
        if (worker is { Status: WorkerStatus.Error, TimedOutFrom: { } before })
            return new ScheduleAnswer(null, WorkerPresence.Revived(before), null, worker.Platform);
        if (worker.Status != WorkerStatus.Awake) return new ScheduleAnswer(null, null, worker.Status, worker.Platform);
        return new ScheduleAnswer(AssignedTaskTable.HeldBy(tx.Db, workerId) ?? Next(tx, worker), null, null, worker.Platform);
    });

    private AssignedTask? Next(WriteTransaction tx, FarmWorker worker)
    {
        foreach (var stage in Candidates(tx.Db, worker.Id))
        {
            if (FailureTable.IsBlocked(tx.Db, stage.JobId, worker.Id, stage.TaskType)) continue;
            if (TaskTable.FirstReady(tx.Db, stage.Id, worker.Id) is not { } task) continue;
            transitions.HandOut(tx, task, worker.Id, worker.Name, worker.Uuid);
            return AssignedTaskTable.ByTask(tx.Db, task.Id);
        }

        return null;
    }

    /// <summary>
    /// The stages from which a worker could get a task, best first. Merges one sorted list per type and tag of the worker and reads
    /// only the heads, so the cost does not depend on the number of queued jobs.
    /// </summary>
    private static IEnumerable<ReadyStage> Candidates(StoreSession db, long workerId)
    {
        long[] tags = [0, .. WorkerTable.Tags(db, workerId)];
        var lists = new PriorityQueue<ReadyStageList, ReadyStage>(ReadyStageList.BestFirst);
        foreach (var type in WorkerTable.TaskTypes(db, workerId))
        {
            foreach (var tag in tags)
            {
                var list = new ReadyStageList(db, type, tag);
                if (list.MoveNext()) lists.Enqueue(list, list.Head);
            }
        }

        while (lists.TryDequeue(out var best, out var head))
        {
            yield return head;
            if (best.MoveNext()) lists.Enqueue(best, best.Head);
        }
    }
}
