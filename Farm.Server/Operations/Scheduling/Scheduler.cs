using System.Collections.Concurrent;
using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Scheduling;

/// <summary>Hands out tasks (Contracts/Flamenco/Contract.md sections 3.6 and 4.6).</summary>
internal sealed class Scheduler
{
    /// <summary>An answer that no event contradicts is repeated for this long at most, in case that an event was lost.</summary>
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(20);

    private readonly FarmStore _store;
    private readonly TaskTransitions _transitions;
    private readonly FarmEvents _events;
    private readonly TimeProvider _clock;
    private readonly GroupedWrites<long, ScheduleAnswer> _writes;
    private readonly ConcurrentDictionary<long, Waiting> _waiting = new();

    /// <summary>Creates the operation.</summary>
    /// <param name="store">The _store.</param>
    /// <param name="transitions">Hands out tasks.</param>
    /// <param name="events">Tells whether anything changed.</param>
    /// <param name="clock">Measures how old an answer is.</param>
    public Scheduler(FarmStore store, TaskTransitions transitions, FarmEvents events, TimeProvider clock)
    {
        (_store, _transitions, _events, _clock) = (store, transitions, events, clock);
        _writes = new GroupedWrites<long, ScheduleAnswer>(store, HandOut, (tx, workerId) => HandOut(tx, [workerId])[0] ?? throw Removed());
    }

    /// <summary>The next task for a worker, or what it must do instead.</summary>
    /// <exception cref="FarmException">The worker was removed.</exception>
    public async Task<ScheduleAnswer> ScheduleAsync(long workerId)
    {
        // Managers that share a database write one after the other, so those of thousands of workers that wait for work are answered without.
        var changes = _events.Changes;
        if (_waiting.TryGetValue(workerId, out var known))
        {
            if (known.Changes == changes && _clock.GetElapsedTime(known.At) < Trusted) return known.Answer;
            if (_store.Read(db => StillWaits(db, workerId)) is { } nothing)
            {
                _waiting[workerId] = new Waiting(nothing, changes, _clock.GetTimestamp());
                return nothing;
            }
        }

        var answer = await _writes.WriteAsync(workerId);
        if (!_store.IsShared) return answer;
        if (answer.Task is null) _waiting[workerId] = new Waiting(answer, changes, _clock.GetTimestamp());
        else _waiting.TryRemove(workerId, out _);
        return answer;
    }

    /// <summary>What a worker without a task was told.</summary>
    private readonly record struct Waiting(ScheduleAnswer Answer, long Changes, long At);

    /// <summary>The answers to workers that ask at the same time; null for one that was removed, or that asks a second time.</summary>
    private IReadOnlyList<ScheduleAnswer?> HandOut(WriteTransaction tx, IReadOnlyList<long> workerIds)
    {
        var workers = new IdSet(workerIds);
        var known = WorkerTable.ForWork(tx.Db, workers).ToDictionary(worker => worker.Worker.Id);
        var ready = new ReadyTasks(tx.Db, workers);
        var answers = new ScheduleAnswer?[workerIds.Count];
        List<(FarmTask Task, FarmWorker Worker)> handedOut = [];
        List<int> positions = [];
        for (var i = 0; i < workerIds.Count; i++)
        {
            if (!known.Remove(workerIds[i], out var worker)) continue;
            answers[i] = Instead(worker.Worker) ?? new ScheduleAnswer(Held(tx.Db, worker), null, null, worker.Worker.Platform);
            if (answers[i] is not { Task: null, ChangeTo: null, NotAwake: null } || !worker.Worker.IsApproved || ready.Take(worker) is not { } task) continue;
            handedOut.Add((task, worker.Worker));
            positions.Add(i);
        }

        if (handedOut.Count == 0) return answers;
        if (handedOut.Count == 1) _transitions.HandOut(tx, handedOut[0].Task, handedOut[0].Worker);
        else _transitions.HandOut(tx, handedOut);
        var assigned = AssignedTaskTable.ByTasks(tx.Db, new IdSet(handedOut.ConvertAll(pair => pair.Task.Id))).ToDictionary(task => task.Uuid);
        for (var i = 0; i < handedOut.Count; i++) answers[positions[i]] = answers[positions[i]]!.Value with { Task = assigned[handedOut[i].Task.Uuid] };
        return answers;
    }

    private static AssignedTask? Held(StoreSession db, WorkerForWork worker) => worker.HoldsTask ? AssignedTaskTable.HeldBy(db, worker.Worker.Id) : null;

    /// <summary>The answer to a worker that waits for work; null if there is work for it.</summary>
    private static ScheduleAnswer? StillWaits(StoreSession db, long workerId)
    {
        var worker = new IdSet([workerId]);
        if (WorkerTable.ForWork(db, worker) is not [var known]) throw Removed();
        if (Instead(known.Worker) is { } other) return other;
        var hasWork = known.HoldsTask || (known.Worker.IsApproved && new ReadyTasks(db, worker).Take(known) is not null);
        return !hasWork ? new ScheduleAnswer(null, null, null, known.Worker.Platform) : null;
    }

    private static FarmException Removed() => new(ErrorKind.Forbidden, "this worker was removed");

    /// <summary>What a worker must do instead of working; null if it may work.</summary>
    private static ScheduleAnswer? Instead(FarmWorker worker)
    {
        if (worker.Request is { } request) return new ScheduleAnswer(null, request.Status, null, worker.Platform);
        if (worker is { Status: WorkerStatus.Error, TimedOutFrom: { } before })
            return new ScheduleAnswer(null, WorkerPresence.Revived(before), null, worker.Platform);
        return worker.Status == WorkerStatus.Awake ? null : new ScheduleAnswer(null, null, worker.Status, worker.Platform);
    }
}
