using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Managers;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations;

/// <summary>Takes tasks from workers that stopped responding (Contracts/Flamenco/Contract.md section 4.5, with its F decisions).</summary>
internal sealed class Timeouts(
    FarmStore store, TaskTransitions transitions, TaskRequeue requeue, WorkerProtocols protocols, IOptionsMonitor<FarmLimits> settings, Heartbeats heartbeats,
    ManagerGroup managers, TimeProvider time, ILogger<Timeouts> log)
{
    /// <summary>
    /// Checks all tasks and workers once. Silence counts from the start of this manager, from the return of a database that was away, or from the end of
    /// an interruption of the manager itself, because what workers said before may be lost: so a silent worker is noticed in its own timeout, and one that is well has that time to reconnect.
    /// </summary>
    public async Task CheckAsync()
    {
        var now = time.GetUtcNow();
        var limits = settings.CurrentValue;
        var steady = managers.SteadyFor;
        var checksWorkers = limits.WorkerTimeout > TimeSpan.Zero && steady >= limits.WorkerTimeout;
        var checksTasks = steady >= limits.TaskTimeout;
        if (limits.TaskTimeout <= TimeSpan.Zero || !(checksWorkers || checksTasks)) return;
        await heartbeats.FlushAsync();
        var silentSince = (now - limits.WorkerTimeout).ToUnixTimeMilliseconds();
        var untouchedSince = (now - limits.TaskTimeout).ToUnixTimeMilliseconds();
        await store.WriteAsync(tx =>
        {
            if (checksWorkers)
            {
                foreach (var protocol in protocols.ThatTimeOut)
                    foreach (var worker in WorkerTable.SilentSince(tx.Db, protocol.Name, silentSince, now.ToUnixTimeMilliseconds())) TimeOut(tx, worker, limits.WorkerTimeout);
            }

            if (!checksTasks) return;
            foreach (var task in TaskTable.UntouchedSince(tx.Db, untouchedSince, now.ToUnixTimeMilliseconds()))
            {
                // A job that failed with a task before this one has taken its other tasks from their workers.
                if (TaskTable.IfStillHeld(tx.Db, task) is { } present) TimeOut(tx, present, limits.TaskTimeout);
            }
        });
    }

    private void TimeOut(WriteTransaction tx, FarmWorker worker, TimeSpan silence)
    {
        WorkerTable.SetStatus(tx.Db, worker.Id, WorkerStatus.Error, request: null, timedOutFrom: worker.Status, tx.Now);
        requeue.All(tx, worker.Id, TaskCause.WorkerLost, $"No sign of life from worker {worker.Name} for {Text(silence)}");
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
        tx.AfterCommit(() => log.LogWarning(
            "No sign of life from worker {Name} ({Address}) for {Timeout}; its tasks were requeued. It recovers when it reconnects",
            worker.Name, worker.Address, Text(silence)));
    }

    private void TimeOut(WriteTransaction tx, FarmTask task, TimeSpan silence)
    {
        var reason = $"No update for {Text(silence)}";
        if (task.Timeouts == 0) requeue.One(tx, task, TaskCause.Timeout, reason);
        else transitions.Apply(tx, task, new TaskChange(TaskStatus.Failed, TaskCause.Timeout) { Activity = "Task timed out again", Reason = reason });
        tx.AfterCommit(() => log.LogWarning(
            "No update of task {Task} for {Timeout}; it was taken from its worker. See the task log", task.Name, Text(silence)));
    }

    private static string Text(TimeSpan time) =>
        time.Ticks % TimeSpan.TicksPerMinute == 0 ? $"{time.TotalMinutes:0} min" : $"{time.TotalSeconds:0.#} s";
}
