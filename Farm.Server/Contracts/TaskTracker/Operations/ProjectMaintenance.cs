using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// Bulk changes of the tasks of a project (Contracts/TaskTracker/Contract.md section 5.4). Runs in slices, so that others can write in between, and
/// returns after the last; after a crash the remaining slices are unchanged. Tasks that are submitted meanwhile are not affected.
/// </summary>
internal sealed class ProjectMaintenance(FarmStore store, TaskSlices tasks, JobTransitions jobs, ProjectLog log, AuditLog audit)
{
    /// <summary>Requeues failed tasks and resets their retries. Returns the number of tasks.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<long> ResetFailedAsync(Caller caller, long projectId) => RunAsync(caller, ProjectVerb.ResetFailed, projectId, "failed tasks were reset", new Change(
        ProjectTaskTable.Failed,
        job => status => status == TaskStatus.Failed ? JobRules.RequeuedTaskStatus(job.Status) : null,
        ForgetsFailures: true,
        Changed: (before, after) => before.Failed - after.Failed));

    /// <summary>Cancels all tasks that are not completed or canceled. Returns the number of tasks.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<long> HardResetAsync(Caller caller, long projectId) => RunAsync(caller, ProjectVerb.HardReset, projectId, "all tasks were removed", new Change(
        ProjectTaskTable.Present,
        _ => status => status is TaskStatus.Completed or TaskStatus.Canceled ? null : TaskStatus.Canceled,
        ForgetsFailures: false,
        Changed: (before, after) => after.Canceled - before.Canceled));

    /// <summary>Requeues assigned tasks. Returns the number of tasks.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<long> ReclaimAsync(Caller caller, long projectId) => RunAsync(caller, ProjectVerb.Reclaim, projectId, "assigned tasks were reclaimed", new Change(
        ProjectTaskTable.Held,
        job => status => status == TaskStatus.Active ? JobRules.RequeuedTaskStatus(job.Status) : null,
        ForgetsFailures: false,
        Changed: (before, after) => before.Active - after.Active));

    private Task<long> RunAsync(Caller caller, string verb, long projectId, string what, Change change) => audit.RunAsync(caller, verb, async action =>
    {
        var job = store.Read(db =>
        {
            ProjectRights.Require(db, caller.Account, projectId, ProjectRoles.Maintenance, action);
            return ProjectTable.ById(db, projectId) is null ? null : JobTable.ById(db, projectId);
        });
        if (job is null)
        {
            action.DoesNothing();
            return 0;
        }

        var changed = 0L;
        for (var next = 0L; next < job.Tasks.Total;)
        {
            var from = next;
            var places = store.Read(db => change.Places(db, projectId, from, store.Slice))
                .TakeWhile(place => place < job.Tasks.Total).Select(place => (int)place).ToList();
            if (places.Count == 0) break;
            foreach (var slice in TaskRange.Slices(places, job.Tasks.Total, store.Slice))
                changed += await store.WriteAsync(tx => Slice(tx, projectId, slice, change, what));
            next = places[^1] + 1L;
        }

        action.Change(null, AuditWords.Count(changed, "task"));
        await store.WriteAsync(tx =>
        {
            log.Add(tx, ProjectLogLevel.Info, $"{what} in {Name(tx, job)}", ("project", projectId), ("tasks", changed), ("manager", caller.Account!.Username));
            action.Record(tx);
        });
        return changed;
    });

    private static string Name(WriteTransaction tx, Job job) =>
        ProjectTable.ById(tx.Db, job.Id) is { } project ? ProjectLog.Name(job.Id, project.Details) : $"project {job.Id}";

    private long Slice(WriteTransaction tx, long projectId, List<TaskRange> ranges, Change change, string what)
    {
        if (JobTable.ById(tx.Db, projectId) is not { } before || before.BulkUpdate == BulkUpdate.Delete)
            throw FarmException.NotFound("the project is being deleted");
        foreach (var range in ranges)
        {
            var rule = change.Rule(before);
            tasks.Apply(tx, before, range.First, range.Last, status => rule(status) is { } newStatus
                ? new TaskChange(newStatus, TaskCause.Person) { Activity = what, Reason = what, ForgetsFailures = change.ForgetsFailures }
                : null);
        }

        var after = JobTable.ById(tx.Db, projectId)!;
        var to = after.Tasks.Canceled > before.Tasks.Canceled ? TaskStatus.Canceled : JobRules.RequeuedTaskStatus(before.Status);
        if (after.Tasks != before.Tasks && after.Lifecycle.AfterTaskChanged(after.Status, to, after.Tasks, byPerson: true) is { } next)
            jobs.SetStatus(tx, after, next, what);
        return change.Changed(before.Tasks, after.Tasks);
    }

    /// <summary>A bulk change.</summary>
    /// <param name="Places">Finds the indexes of tasks to change, from an index on, up to a number.</param>
    /// <param name="Rule">The new status of a task by its status; null for no change.</param>
    /// <param name="ForgetsFailures">Whether to clear the record of workers that failed the tasks.</param>
    /// <param name="Changed">The number of changed tasks, from the counts before and after.</param>
    private sealed record Change(
        Func<StoreSession, long, long, int, List<long>> Places,
        Func<Job, Func<TaskStatus, TaskStatus?>> Rule,
        bool ForgetsFailures,
        Func<TaskCounts, TaskCounts, long> Changed);
}
