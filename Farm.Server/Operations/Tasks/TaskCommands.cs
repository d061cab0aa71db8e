using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Tasks;

/// <summary>
/// Commands to single tasks of a job. Only the tasks that are meant change, and the status of the job follows from all of them
/// (Contracts/Deadline/Contract.md section 4): a failed task takes no others along, a requeued one brings none back.
/// </summary>
internal sealed class TaskCommands(FarmStore store, TaskSlices tasks, JobTransitions jobs)
{
    /// <summary>
    /// Commands tasks. Everything is checked before anything changes. Up to a slice of tasks change in one transaction; of more, slice after
    /// slice, with other writers in between, and the answer comes after the last.
    /// </summary>
    /// <param name="jobUuid">The job.</param>
    /// <param name="places">The places of the tasks in the job; null for all tasks.</param>
    /// <param name="command">What to do.</param>
    /// <exception cref="FarmException">
    /// There is no such job; a place is none of the job (invalid); or the job is in a state in which it takes no such command (conflict).
    /// </exception>
    public async Task ApplyAsync(Guid jobUuid, IReadOnlyCollection<int>? places, TaskCommand command)
    {
        var job = store.Read(db => JobTable.ByUuid(db, jobUuid)) ?? throw FarmException.NotFound("no such job");
        Check(job, places, command);
        var slices = TaskRange.Slices(places, job.Tasks.Total, store.Slice);
        for (var i = 0; i < slices.Count; i++)
        {
            var (slice, isFirst) = (slices[i], i == 0);
            await store.WriteAsync(tx =>
            {
                var present = JobTable.ById(tx.Db, job.Id) ?? throw FarmException.NotFound("no such job");
                Check(present, isFirst ? places : [], isFirst ? command : TaskCommand.Requeue);
                // Who asks for all of a job to be done again wants it done by whoever is there.
                if (isFirst && places is null && command.ForgetsFailures()) FailureTable.ForgetJob(tx.Db, job.Id);
                Change(tx, present, slice, command);
            });
        }
    }

    private static void Check(Job job, IReadOnlyCollection<int>? places, TaskCommand command)
    {
        if (job.BulkUpdate == BulkUpdate.Delete) throw FarmException.NotFound("this job is being deleted");
        if (places is not null && places.Any(place => place < 0 || place >= job.Tasks.Total)) throw FarmException.Invalid("the job has no such task");
        if (job.Status == JobStatus.UnderConstruction) throw FarmException.Conflict($"job \"{job.Name}\" is still being written; try again in a moment");
        if (job.BulkUpdate is not null) throw FarmException.Conflict($"all tasks of job \"{job.Name}\" are being changed; try again in a moment");
        if (command.NeedsRunningJob() && JobRules.IsHeld(job.Status, job.Tasks)) throw new JobIsHeldException(job.Name);
    }

    private void Change(WriteTransaction tx, Job job, IReadOnlyList<TaskRange> slice, TaskCommand command)
    {
        var reason = $"Commanded to {Words(command)}";
        foreach (var range in slice)
        {
            tasks.Apply(tx, job, range.First, range.Last, status => command.Becomes(status) is { } to
                ? new TaskChange(to, TaskCause.Person) { Activity = reason, Reason = reason, ForgetsFailures = command.ForgetsFailures() }
                : null);
        }

        var changed = JobTable.ById(tx.Db, job.Id)!;
        // A job that is held without a single task that is goes on all the same.
        if (changed.Tasks == job.Tasks && !(command.ResumesJob() && job.Status == JobStatus.Paused)) return;
        var next = job.Lifecycle.AfterCommand(job.Status, command, changed.Tasks);
        if (next != job.Status) jobs.SetStatus(tx, changed, next, $"its tasks were commanded to {Words(command)}");
    }

    private static string Words(TaskCommand command) => command switch
    {
        TaskCommand.Requeue => "be done again",
        TaskCommand.Complete => "count as done",
        TaskCommand.Suspend or TaskCommand.SuspendNonRendering => "be suspended",
        TaskCommand.Fail => "count as failed",
        TaskCommand.ResumeFailed => "be tried again",
        TaskCommand.Pend => "wait for release",
        TaskCommand.ReleasePending => "be released",
        _ => "go on",
    };
}
