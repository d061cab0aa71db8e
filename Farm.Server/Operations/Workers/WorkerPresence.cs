using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Workers;

/// <summary>What a worker reports about itself at sign-on.</summary>
internal sealed record SignOnMetadata(string Name, string Software, string Address, bool CanRestart, IReadOnlyList<string> TaskTypes);

/// <summary>Handles sign-on, sign-off and status changes of workers (Contracts/Flamenco/Contract.md sections 3.2 to 3.5).</summary>
internal sealed class WorkerPresence(
    FarmStore store, TaskRequeue requeue, TaskFailures taskFailures, WorkerProtocols protocols, IOptionsMonitor<FarmLimits> limits, AuditLog audit,
    TimeProvider time, ILogger<WorkerPresence> log)
{
    /// <summary>Signs a worker on. Returns the status that it should change to.</summary>
    public async Task<WorkerStatus> SignOnAsync(long workerId, SignOnMetadata metadata)
    {
        var answer = await store.WriteAsync(tx =>
        {
            var worker = Existing(tx, workerId);
            WorkerTable.SetMetadata(tx.Db, workerId, metadata.Name, metadata.Software, metadata.Address, metadata.CanRestart, tx.Now);
            WorkerTable.SetTaskTypes(tx.Db, workerId, metadata.TaskTypes.Select(type => type.Trim().ToLowerInvariant()));
            if (worker.Software.Length == 0)
                AuditLog.Add(tx, Caller.Worker(metadata.Name, metadata.Address), AuditVerb.SignOnWorker, new AuditTarget("worker", worker.Uuid, metadata.Name), after: metadata.Software);
            SetStatus(tx, worker, WorkerStatus.Starting, worker.Request);
            foreach (var task in TaskTable.HeldBy(tx.Db, workerId))
            {
                // A task before this one may have failed its job, which takes the other tasks of the job away.
                if (TaskTable.IfStillHeld(tx.Db, task) is { } present) CountReturn(tx, present);
            }

            return WorkerRules.StatusAfterSignOn(worker.Request, SleepSchedules.Now(tx, workerId, time.LocalTimeZone));
        });
        log.LogInformation("Worker {Name} signed on from {Address}", metadata.Name, metadata.Address);
        return answer;
    }

    /// <summary>Signs a worker off and requeues its tasks.</summary>
    public async Task SignOffAsync(long workerId)
    {
        var name = await store.WriteAsync(tx =>
        {
            var worker = Existing(tx, workerId);
            SetStatus(tx, worker, WorkerStatus.Offline, WorkerRules.SignedOff(worker.Status, worker.Request));
            requeue.All(tx, workerId, TaskCause.WorkerLeft, $"Worker {worker.Name} signed off");
            return worker.Name;
        });
        log.LogInformation("Worker {Name} signed off", name);
    }

    /// <summary>Records the status that a worker reports.</summary>
    public Task StateChangedAsync(long workerId, WorkerStatus status) => store.WriteAsync(tx =>
    {
        var worker = Existing(tx, workerId);
        SetStatus(tx, worker, status, WorkerRules.Acknowledged(worker.Request, status));
        if (WorkerRules.LosesTasks(worker.Status, status))
            requeue.All(tx, workerId, TaskCause.WorkerLeft, $"Worker {worker.Name} changed to {status.Name()}");
    });

    /// <summary>The status requested of a worker; null for none.</summary>
    public WorkerStatus? RequestedStatus(long workerId) => store.Read(db => WorkerTable.ById(db, workerId)) switch
    {
        { Request: { } request } => request.Status,
        { TimedOutFrom: { } before } => Revived(before),
        _ => null,
    };

    /// <summary>Requests a status of a worker. If the worker does not poll for requests, its status changes immediately.</summary>
    /// <exception cref="FarmException">The caller may not control workers, or the worker does not exist or cannot take this status.</exception>
    public Task RequestAsync(Caller caller, Guid uuid, StatusRequest request) => audit.WriteAsync(caller, AuditVerb.RequestStatus, (tx, action) =>
    {
        var worker = Asked(tx, caller, uuid, action);
        action.Change(worker.Status.Name(), $"{request.Status.Name()}{(request.Lazy ? " after its task" : "")}");
        if (!protocols.Of(worker).PollsForRequests)
        {
            Become(tx, worker, request.Status);
            return;
        }

        if (request.Status == WorkerStatus.Restart && !worker.CanRestart)
            throw FarmException.Precondition($"worker {worker.Name} cannot restart itself: nothing supervises its process");
        WorkerTable.SetStatus(tx.Db, worker.Id, worker.Status, WorkerRules.Requested(worker.Status, request), worker.TimedOutFrom, tx.Now);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
    });

    /// <summary>The status to which a worker returns after a timeout put it into error (Contracts/Flamenco/Contract.md section 12.1).</summary>
    public static WorkerStatus Revived(WorkerStatus before) => before == WorkerStatus.Asleep ? WorkerStatus.Asleep : WorkerStatus.Awake;

    /// <summary>Makes a worker that does not poll for requests awake or asleep. It may finish its current tasks.</summary>
    /// <exception cref="FarmException">The worker cannot take this status.</exception>
    public static void Become(WriteTransaction tx, FarmWorker worker, WorkerStatus status)
    {
        if (!WorkerRules.CanSetDirectly(status))
            throw FarmException.Precondition($"worker {worker.Name} (protocol {worker.Contract}) can only be set to awake or asleep");
        WorkerTable.SetStatus(tx.Db, worker.Id, status, request: null, timedOutFrom: null, tx.Now);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
    }

    /// <summary>The worker of a request, which only those who control workers may make.</summary>
    private static FarmWorker Asked(WriteTransaction tx, Caller caller, Guid uuid, AuditedAction action)
    {
        var worker = WorkerTable.ByUuid(tx.Db, uuid);
        if (worker is not null) action.On("worker", uuid, worker.Name);
        caller.Demand(Permission.ControlWorkers);
        return worker ?? throw FarmException.NotFound("no such worker");
    }

    private static FarmWorker Existing(WriteTransaction tx, long workerId) =>
        WorkerTable.ById(tx.Db, workerId) ?? throw new FarmException(ErrorKind.Forbidden, "this worker was removed");

    private static void SetStatus(WriteTransaction tx, FarmWorker worker, WorkerStatus status, StatusRequest? request)
    {
        WorkerTable.SetStatus(tx.Db, worker.Id, status, request, timedOutFrom: null, tx.Now);
        WorkerTable.SetSeen(tx.Db, worker.Id, tx.Now);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker.Uuid));
    }

    /// <summary>
    /// Limits how often a worker gets the same task again after a restart, because the task may be what crashes it
    /// (Contracts/Flamenco/Contract.md section 3.2).
    /// </summary>
    private void CountReturn(WriteTransaction tx, FarmTask task)
    {
        var returns = AttemptTable.CountReturn(tx.Db, task.AttemptId!.Value);
        var failures = limits.CurrentValue.Failures;
        if (returns < failures.TaskFailAfter) return;
        taskFailures.Apply(tx, task, failures, new TaskChange(TaskStatus.Failed, TaskCause.Failure)
        {
            Activity = $"The worker restarted {returns} times without finishing this task",
        });
    }
}
