using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Access;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>
/// Commands to single tasks of a job. Only the given tasks change, and the status of the job follows from all its tasks
/// (Contracts/Deadline/Contract.md section 4): failing or requeueing a task does not change other tasks.
/// </summary>
internal sealed class TaskCommands(FarmStore store, TaskSlices tasks, JobTransitions jobs, AuditLog audit)
{
    /// <summary>
    /// Applies a command to tasks. Everything is checked before anything changes. Up to one slice of tasks changes in one transaction; more tasks change
    /// slice by slice with other writes in between. Completes after the last slice.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="jobUuid">The job.</param>
    /// <param name="indexes">The indexes of the tasks in the job; null for all tasks.</param>
    /// <param name="command">What to do.</param>
    /// <exception cref="FarmException">
    /// The caller may not control the job, it does not exist, an index is out of range (invalid), or the state of the job does not allow the command (conflict).
    /// </exception>
    public Task ApplyAsync(Caller caller, Guid jobUuid, IReadOnlyCollection<int>? indexes, TaskCommand command) => audit.RunAsync(caller, VerbFor(command), async action =>
    {
        var job = store.Read(db => JobTable.ByUuid(db, jobUuid)) ?? throw FarmException.NotFound("no such job");
        action.On("job", jobUuid, job.Name);
        action.Change(null, $"{(indexes is { } some ? AuditWords.Count(some.Count, "task") : $"all {AuditWords.Count(job.Tasks.Total, "task")}")} {PastTense(command)}");
        JobAccess.Demand(store, caller, job);
        Check(job, indexes, command);
        var slices = TaskRange.Slices(indexes, job.Tasks.Total, store.Slice);
        // A command to rerun the whole job lets every worker try again.
        var forgets = indexes is null && command.ForgetsFailures();
        var isFirst = true;
        foreach (var slice in slices)
        {
            var isDone = false;
            while (!isDone)
            {
                isDone = await store.WriteAsync(tx =>
                {
                    var present = JobTable.ById(tx.Db, job.Id) ?? throw FarmException.NotFound("no such job");
                    Check(present, isFirst ? indexes : [], isFirst ? command : TaskCommand.Requeue);
                    if (isFirst && forgets) FailureTable.ClearBlocklist(tx.Db, job.Id);
                    if (isFirst) action.Record(tx);
                    if (forgets && !Forget(tx, job, slice)) return false;
                    Change(tx, present, slice, command);
                    return true;
                });
                isFirst = false;
            }
        }
    });

    private static bool Forget(WriteTransaction tx, Job job, IReadOnlyList<TaskRange> slice) =>
        slice.All(range => tx.Repeat(rows => FailureTable.Forget(tx.Db, job.Id, range.First, range.Last, rows)));

    private static void Check(Job job, IReadOnlyCollection<int>? indexes, TaskCommand command)
    {
        if (job.BulkUpdate == BulkUpdate.Delete) throw FarmException.NotFound("this job is being deleted");
        if (indexes is not null && indexes.Any(index => index < 0 || index >= job.Tasks.Total)) throw FarmException.Invalid("the job has no such task");
        if (job.Status == JobStatus.UnderConstruction) throw FarmException.Conflict($"job \"{job.Name}\" is under construction; try again later");
        if (job.BulkUpdate is not null) throw FarmException.Conflict($"a bulk update of job \"{job.Name}\" is running; try again later");
        if (command.NeedsRunningJob() && JobRules.IsHeld(job.Status, job.Tasks)) throw new JobIsHeldException(job.Name);
    }

    private void Change(WriteTransaction tx, Job job, IReadOnlyList<TaskRange> slice, TaskCommand command)
    {
        var reason = $"Task was {PastTense(command)}";
        foreach (var range in slice)
        {
            tasks.Apply(tx, job, range.First, range.Last, status => command.Becomes(status) is { } to
                ? new TaskChange(to, TaskCause.Person) { Activity = reason, Reason = reason, ForgetsFailures = command.ForgetsFailures() }
                : null);
        }

        var changed = JobTable.ById(tx.Db, job.Id)!;
        // A paused job without suspended tasks is resumed although no task changed.
        if (changed.Tasks == job.Tasks && !(command.ResumesJob() && job.Status == JobStatus.Paused)) return;
        var next = job.Lifecycle.AfterCommand(job.Status, command, changed.Tasks);
        if (next != job.Status) jobs.SetStatus(tx, changed, next, $"its tasks were {PastTense(command)}");
    }

    private static string VerbFor(TaskCommand command) => command switch
    {
        TaskCommand.Requeue => AuditVerb.RequeueTasks,
        TaskCommand.Complete => AuditVerb.CompleteTasks,
        TaskCommand.Suspend or TaskCommand.SuspendNonRendering => AuditVerb.SuspendTasks,
        TaskCommand.Fail => AuditVerb.FailTasks,
        TaskCommand.Pend => AuditVerb.PendTasks,
        TaskCommand.ReleasePending => AuditVerb.ReleaseTasks,
        _ => AuditVerb.ResumeTasks,
    };

    private static string PastTense(TaskCommand command) => command switch
    {
        TaskCommand.Requeue => "requeued",
        TaskCommand.Complete => "marked as completed",
        TaskCommand.Suspend or TaskCommand.SuspendNonRendering => "suspended",
        TaskCommand.Fail => "marked as failed",
        TaskCommand.ResumeFailed => "requeued after failing",
        TaskCommand.Pend => "pended",
        TaskCommand.ReleasePending => "released",
        _ => "resumed",
    };
}
