using System.Collections.Concurrent;
using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Scheduling;

/// <summary>Hands out tasks (Contracts/Flamenco/Contract.md sections 3.6 and 4.6).</summary>
/// <param name="store">The store.</param>
/// <param name="transitions">Hands out tasks.</param>
/// <param name="events">Tells whether anything changed.</param>
/// <param name="clock">Measures how old an answer is.</param>
internal sealed class Scheduler(FarmStore store, TaskTransitions transitions, FarmEvents events, TimeProvider clock)
{
    /// <summary>An answer that no event contradicts is repeated for this long at most, in case that an event was lost.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<long, Waiting> _waiting = new();

    /// <summary>The next task for a worker, or what it must do instead.</summary>
    /// <exception cref="FarmException">The worker was removed.</exception>
    public async Task<ScheduleAnswer> ScheduleAsync(long workerId)
    {
        // Managers that share a database write one after the other, so those of thousands of workers that wait for work are answered without.
        var changes = events.Changes;
        if (_waiting.TryGetValue(workerId, out var known))
        {
            if (known.Changes == changes && clock.GetElapsedTime(known.At) < Trusted) return known.Answer;
            if (store.Read(db => StillWaits(db, workerId)) is { } nothing)
            {
                _waiting[workerId] = new Waiting(nothing, changes, clock.GetTimestamp());
                return nothing;
            }
        }

        var answer = await store.WriteAsync(tx =>
        {
            var known = Existing(tx.Db, workerId);
            var worker = known.Worker;
            if (Instead(worker) is { } other) return other;
            var held = known.HoldsTask ? AssignedTaskTable.HeldBy(tx.Db, workerId) : null;
            if (held is null && First(tx.Db, known) is { } task)
            {
                transitions.HandOut(tx, task, worker.Id, worker.Name, worker.Uuid);
                held = AssignedTaskTable.ByTask(tx.Db, task.Id);
            }

            return new ScheduleAnswer(held, null, null, worker.Platform);
        });
        if (!store.IsShared) return answer;
        if (answer.Task is null) _waiting[workerId] = new Waiting(answer, changes, clock.GetTimestamp());
        else _waiting.TryRemove(workerId, out _);
        return answer;
    }

    /// <summary>What a worker without a task was told.</summary>
    private readonly record struct Waiting(ScheduleAnswer Answer, long Changes, long At);

    /// <summary>The answer to a worker that waits for work; null if there is work for it.</summary>
    private static ScheduleAnswer? StillWaits(StoreSession db, long workerId)
    {
        var known = Existing(db, workerId);
        if (Instead(known.Worker) is { } other) return other;
        return !known.HoldsTask && First(db, known) is null ? new ScheduleAnswer(null, null, null, known.Worker.Platform) : null;
    }

    private static WorkerForWork Existing(StoreSession db, long workerId) =>
        WorkerTable.ForWork(db, workerId) ?? throw new FarmException(ErrorKind.Forbidden, "this worker was removed");

    /// <summary>What a worker must do instead of working; null if it may work.</summary>
    private static ScheduleAnswer? Instead(FarmWorker worker)
    {
        if (worker.Request is { } request) return new ScheduleAnswer(null, request.Status, null, worker.Platform);
        if (worker is { Status: WorkerStatus.Error, TimedOutFrom: { } before })
            return new ScheduleAnswer(null, WorkerPresence.Revived(before), null, worker.Platform);
        return worker.Status == WorkerStatus.Awake ? null : new ScheduleAnswer(null, null, worker.Status, worker.Platform);
    }

    private static FarmTask? First(StoreSession db, WorkerForWork worker)
    {
        foreach (var stage in Candidates(db, worker))
        {
            if (TaskTable.FirstReady(db, stage.Id, worker.Worker.Id) is { } task) return task;
        }

        return null;
    }

    /// <summary>
    /// The stages from which a worker could get a task, best first. Merges one sorted list per type and tag of the worker and reads
    /// only the heads, so the cost does not depend on the number of queued jobs.
    /// </summary>
    private static IEnumerable<ReadyStage> Candidates(StoreSession db, WorkerForWork worker)
    {
        var lists = new PriorityQueue<ReadyStageList, ReadyStage>(ReadyStageList.BestFirst);
        foreach (var type in worker.TaskTypes)
        {
            foreach (var tag in worker.Tags.Prepend(0))
            {
                var list = new ReadyStageList(db, worker.Worker.Id, type, tag);
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
