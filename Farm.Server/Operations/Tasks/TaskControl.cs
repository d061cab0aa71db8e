using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>Changes that people make to single tasks.</summary>
internal sealed class TaskControl(TaskTransitions transitions, AuditLog audit)
{
    /// <summary>Sets the status of a task and takes it from its worker. Requeueing it forgets which workers failed it.</summary>
    /// <exception cref="FarmException">The caller may not control its job, the task does not exist, or only a worker can set this status.</exception>
    public Task SetStatusAsync(Caller caller, Guid taskUuid, TaskStatus status, string reason) => audit.WriteAsync(caller, AuditVerb.SetTaskStatus, (tx, action) =>
    {
        var task = Controlled(tx, caller, taskUuid, action);
        action.Change(task.Status.Name(), status.Name());
        if (status == TaskStatus.Active && task.Status != TaskStatus.Active)
            throw FarmException.Invalid("a task becomes active only when a worker takes it; to run it again, set it to \"queued\"");
        if (status == task.Status)
        {
            if (status == TaskStatus.Queued)
            {
                FailureTable.ForgetTask(tx.Db, task.Id);
                TaskTable.ForgetTimeouts(tx.Db, task.Id);
            }

            TaskTable.SetActivity(tx.Db, task.Id, reason, tx.Now);
            tx.Publish(new FarmEvent(FarmEventKind.Task, task.JobUuid, task.Uuid));
            return;
        }

        transitions.Apply(tx, task, new TaskChange(status, TaskCause.Person) { Activity = reason, ForgetsFailures = status == TaskStatus.Queued });
    });

    /// <summary>Cancels a task and takes it from its worker.</summary>
    /// <exception cref="FarmException">The caller may not control its job, or the task does not exist or has ended.</exception>
    public Task CancelAsync(Caller caller, Guid taskUuid, string reason) => audit.WriteAsync(caller, AuditVerb.CancelTask, (tx, action) =>
    {
        var task = Controlled(tx, caller, taskUuid, action);
        action.Change(task.Status.Name(), TaskStatus.Canceled.Name());
        if (task.Status is TaskStatus.Completed or TaskStatus.Failed or TaskStatus.Canceled)
            throw FarmException.Conflict($"task \"{task.Name}\" has already ended: it is {task.Status.Name()}");
        transitions.Apply(tx, task, new TaskChange(TaskStatus.Canceled, TaskCause.Person) { Activity = reason });
    });

    private static FarmTask Controlled(WriteTransaction tx, Caller caller, Guid uuid, AuditedAction action)
    {
        var task = TaskTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such task");
        var job = JobTable.ById(tx.Db, task.JobId)!;
        action.On("task", uuid, $"{task.Name} of {job.Name}");
        JobAccess.Demand(tx.Db, caller, job);
        return task;
    }
}
