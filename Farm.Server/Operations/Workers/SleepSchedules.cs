using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Puts workers to sleep and wakes them by schedule (Contracts/Flamenco/Contract.md section 4.7): when a schedule is saved and at each change that
/// it defines. In between, people can change the status.
/// </summary>
internal sealed class SleepSchedules(FarmStore store, WorkerProtocols protocols, AuditLog audit, TimeProvider time, ILogger<SleepSchedules> log)
{
    /// <summary>The schedule of a worker; null if it has none.</summary>
    /// <exception cref="FarmException">The worker does not exist.</exception>
    public SleepSchedule? Find(Guid worker) => store.Read(db =>
    {
        var found = WorkerTable.ByUuid(db, worker) ?? throw FarmException.NotFound("no such worker");
        return SleepScheduleTable.Of(db, found.Id)?.Schedule;
    });

    /// <summary>Replaces the schedule of a worker and applies it immediately.</summary>
    /// <exception cref="FarmException">The caller may not control workers, or the worker does not exist.</exception>
    public Task SetAsync(Caller caller, Guid uuid, SleepSchedule schedule) => audit.WriteAsync(caller, AuditVerb.SetSleepSchedule, (tx, action) =>
    {
        var found = WorkerTable.ByUuid(tx.Db, uuid);
        if (found is not null) action.On("worker", uuid, found.Name);
        caller.Demand(Permission.ControlWorkers);
        var worker = found ?? throw FarmException.NotFound("no such worker");
        action.Change(SleepScheduleTable.Of(tx.Db, worker.Id) is { } before ? Text(before.Schedule) : "none", Text(schedule));
        var sleeps = schedule.SleepsAt(Time(tx), time.LocalTimeZone);
        SleepScheduleTable.Set(tx.Db, new StoredSleepSchedule(worker.Id, schedule, sleeps));
        Apply(tx, worker, sleeps);
    });

    /// <summary>Applies schedules whose result changed since the last check.</summary>
    public async Task CheckAsync()
    {
        var now = time.GetUtcNow();
        if (!store.Read(SleepScheduleTable.All).Exists(stored => IsBoundary(stored, now))) return;
        await store.WriteAsync(tx =>
        {
            foreach (var stored in SleepScheduleTable.All(tx.Db))
            {
                if (!IsBoundary(stored, now) || WorkerTable.ById(tx.Db, stored.WorkerId) is not { } worker) continue;
                SleepScheduleTable.SetSlept(tx.Db, worker.Id, !stored.Slept);
                Apply(tx, worker, !stored.Slept);
            }
        });
    }

    /// <summary>The status that a worker should have now by its schedule; null if it has none.</summary>
    public static WorkerStatus? Now(WriteTransaction tx, long workerId, TimeZoneInfo zone) =>
        SleepScheduleTable.Of(tx.Db, workerId) is { } stored ? Status(stored.Schedule.SleepsAt(Time(tx), zone)) : null;

    private bool IsBoundary(StoredSleepSchedule stored, DateTimeOffset now) => stored.Schedule.SleepsAt(now, time.LocalTimeZone) != stored.Slept;

    private void Apply(WriteTransaction tx, FarmWorker worker, bool sleeps)
    {
        var (status, request, timedOutFrom) = WorkerRules.Scheduled(worker, Status(sleeps), protocols.Of(worker).PollsForRequests);
        if (status == worker.Status && request == worker.Request && timedOutFrom == worker.TimedOutFrom) return;
        WorkerTable.SetStatus(tx.Db, worker.Id, status, request, timedOutFrom, tx.Now);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
        if (request is { } requested && request != worker.Request)
            tx.AfterCommit(() => log.LogInformation("Worker {Name}: status {Status} requested by its sleep schedule", worker.Name, requested.Status.Name()));
    }

    private static string Text(SleepSchedule schedule) => schedule.IsActive
        ? $"{schedule.Days}, {schedule.Start:HH:mm} to {schedule.End:HH:mm}"
        : "off";

    private static WorkerStatus Status(bool sleeps) => sleeps ? WorkerStatus.Asleep : WorkerStatus.Awake;

    private static DateTimeOffset Time(WriteTransaction tx) => DateTimeOffset.FromUnixTimeMilliseconds(tx.Now);
}
