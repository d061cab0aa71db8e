using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>
/// What managers do to all tasks of a project (Contracts/TaskTracker/Contract.md section 5.4). It runs in slices, with other writers in between, and
/// the answer comes after the last; a crash between them leaves the rest as it was. Tasks that are submitted meanwhile are left alone.
/// </summary>
internal sealed class ProjectMaintenance(FarmStore store, TaskSlices tasks, JobTransitions jobs, ProjectLog log)
{
    /// <summary>Failed tasks wait again as if they had never failed. Answers how many.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<long> ResetFailedAsync(Account? by, long projectId) => RunAsync(by, projectId, "failed tasks wait again", new Change(
        ProjectTaskTable.Failed,
        job => status => status == TaskStatus.Failed ? JobRules.RequeuedTaskStatus(job.Status) : null,
        ForgetsFailures: true,
        Changed: (before, after) => before.Failed - after.Failed));

    /// <summary>All tasks that are not gone are canceled, whatever they are at. Answers how many.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<long> HardResetAsync(Account? by, long projectId) => RunAsync(by, projectId, "all tasks were removed", new Change(
        ProjectTaskTable.Present,
        _ => status => status is TaskStatus.Completed or TaskStatus.Canceled ? null : TaskStatus.Canceled,
        ForgetsFailures: false,
        Changed: (before, after) => after.Canceled - before.Canceled));

    /// <summary>Tasks are taken from the workers that hold them. Answers how many.</summary>
    /// <exception cref="FarmException">The role is missing (forbidden).</exception>
    public Task<long> ReclaimAsync(Account? by, long projectId) => RunAsync(by, projectId, "tasks were taken from their workers", new Change(
        ProjectTaskTable.Held,
        job => status => status == TaskStatus.Active ? JobRules.RequeuedTaskStatus(job.Status) : null,
        ForgetsFailures: false,
        Changed: (before, after) => before.Active - after.Active));

    private async Task<long> RunAsync(Account? by, long projectId, string what, Change change)
    {
        var job = store.Read(db =>
        {
            ProjectRights.Require(db, by, projectId, ProjectRoles.Maintenance);
            return ProjectTable.ById(db, projectId) is null ? null : JobTable.ById(db, projectId);
        });
        if (job is null) return 0;
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

        await store.WriteAsync(tx => log.Add(
            tx, ProjectLogLevel.Info, $"{what} in {Name(tx, job)}", ("project", projectId), ("tasks", changed), ("manager", by!.Username)));
        return changed;
    }

    private static string Name(WriteTransaction tx, Job job) =>
        ProjectTable.ById(tx.Db, job.Id) is { } project ? ProjectLog.Name(job.Id, project.Details) : $"project {job.Id}";

    private long Slice(WriteTransaction tx, long projectId, List<TaskRange> ranges, Change change, string what)
    {
        if (JobTable.ById(tx.Db, projectId) is not { } before || before.BulkUpdate == BulkUpdate.Delete)
            throw FarmException.NotFound("the project is being deleted");
        foreach (var range in ranges)
        {
            var rule = change.Rule(before);
            tasks.Apply(tx, before, range.First, range.Last, status => rule(status) is { } becomes
                ? new TaskChange(becomes, TaskCause.Person) { Activity = what, Reason = what, ForgetsFailures = change.ForgetsFailures }
                : null);
        }

        var after = JobTable.ById(tx.Db, projectId)!;
        var to = after.Tasks.Canceled > before.Tasks.Canceled ? TaskStatus.Canceled : JobRules.RequeuedTaskStatus(before.Status);
        if (after.Tasks != before.Tasks && after.Lifecycle.AfterTaskChanged(after.Status, to, after.Tasks, byPerson: true) is { } next)
            jobs.SetStatus(tx, after, next, what);
        return change.Changed(before.Tasks, after.Tasks);
    }

    /// <summary>A change of all tasks of a kind.</summary>
    /// <param name="Places">The places of the tasks, from one on, at most so many.</param>
    /// <param name="Rule">What a task becomes by its status; null when it is left alone.</param>
    /// <param name="ForgetsFailures">Whether it is forgotten who failed them.</param>
    /// <param name="Changed">How many tasks were changed, by the counts before and after.</param>
    private sealed record Change(
        Func<SqliteSession, long, long, int, List<long>> Places,
        Func<Job, Func<TaskStatus, TaskStatus?>> Rule,
        bool ForgetsFailures,
        Func<TaskCounts, TaskCounts, long> Changed);
}
