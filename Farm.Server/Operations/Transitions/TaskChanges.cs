using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Transitions;

/// <summary>
/// The only code that changes the status of tasks, one or many: their rows, attempts, files and logs, the counters of their stages and job, the
/// extensions of the kind of job, and the events. The caller updates the status of the job; see <see cref="TaskTransitions"/>.
/// </summary>
internal sealed class TaskChanges(JobKinds kinds)
{
    /// <summary>Changes one task.</summary>
    /// <returns>The job with its counters after the change.</returns>
    /// <exception cref="Domain.FarmException">The change comes from a person, and the job does not allow it.</exception>
    public Job Apply(WriteTransaction tx, FarmTask task, TaskChange change)
    {
        var effect = TaskEffects.Of(task.Status, change.To, change.Cause);
        if (change.Cause == TaskCause.Person) CheckPerson(tx, task.JobId);
        if (change.ForgetsFailures) FailureTable.ForgetTask(tx.Db, task.Id);
        TaskChangeTable.One(tx.Db, effect, task, Values(change), Lines(tx, effect, change), tx.Now);
        StageTable.Count(tx.Db, task.StageId, effect.Ready, effect.Incomplete);
        var steps = effect.StepsAfter(task.StepsCompleted, task.StepsTotal, change.Steps) - task.StepsCompleted;
        var job = JobTable.MoveTasks(tx.Db, task.JobId, effect.From, effect.To, 1, steps, tx.Now);
        if (kinds.Of(job) is var kind && kind.Follows(effect.From, effect.To))
            kind.TasksChanged(tx, job, [Ref(task)], effect.To);
        Publish(tx, task, change);
        return job;
    }

    /// <summary>Changes several tasks, of any jobs, to the same status, each with values of its own.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="tasks">The tasks, each once. The changes come from workers, remove no files and do not forget failures.</param>
    /// <returns>Each job with its counters afterwards, and one of its tasks.</returns>
    public IReadOnlyCollection<(Job Job, FarmTask Task)> Apply(WriteTransaction tx, IReadOnlyList<(FarmTask Task, TaskChange Change)> tasks)
    {
        Dictionary<long, (Job, FarmTask)> changed = [];
        foreach (var alike in tasks.GroupBy(pair => TaskEffects.Of(pair.Task.Status, pair.Change.To, pair.Change.Cause)))
        {
            var effect = alike.Key;
            TaskChangeTable.Each(
                tx.Db, effect, [.. alike.Select(pair => new TaskRowChange(pair.Task, Values(pair.Change), Lines(tx, effect, pair.Change)))], tx.Now);
            foreach (var (stage, count) in alike.CountBy(pair => pair.Task.StageId)) StageTable.Count(tx.Db, stage, effect.Ready * count, effect.Incomplete * count);
            foreach (var ofJob in alike.GroupBy(pair => pair.Task.JobId))
            {
                var steps = ofJob.Sum(pair => effect.StepsAfter(pair.Task.StepsCompleted, pair.Task.StepsTotal, pair.Change.Steps) - pair.Task.StepsCompleted);
                var job = JobTable.MoveTasks(tx.Db, ofJob.Key, effect.From, effect.To, ofJob.Count(), steps, tx.Now);
                if (kinds.Of(job) is var kind && kind.Follows(effect.From, effect.To))
                    kind.TasksChanged(tx, job, [.. ofJob.Select(pair => Ref(pair.Task))], effect.To);
                changed[job.Id] = (job, ofJob.Last().Task);
            }
        }

        foreach (var (task, change) in tasks) Publish(tx, task, change);
        return changed.Values;
    }

    /// <summary>Changes tasks of one job that all have the same status; at most as many as fit into one transaction.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job.</param>
    /// <param name="tasks">At least one.</param>
    /// <param name="change">The change.</param>
    /// <returns>The job with its counters after the change.</returns>
    /// <exception cref="Domain.FarmException">The change comes from a person, and the job does not allow it.</exception>
    public Job Apply(WriteTransaction tx, Job job, IReadOnlyList<TaskRef> tasks, TaskChange change)
    {
        var effect = TaskEffects.Of(tasks[0].Status, change.To, change.Cause);
        if (change.Cause == TaskCause.Person) kinds.Of(job).PersonChangesTasks(tx, job);
        PublishHolders(tx, effect, tasks, change);
        if (change.ForgetsFailures) FailureTable.ForgetTasks(tx.Db, tasks);
        TaskChangeTable.Many(tx.Db, effect, job.Id, tasks, Values(change), Lines(tx, effect, change), tx.Now);
        var steps = 0L;
        foreach (var task in tasks) steps += effect.StepsAfter(task.StepsCompleted, task.StepsTotal, null) - task.StepsCompleted;
        foreach (var (stage, count) in tasks.CountBy(task => task.StageId)) StageTable.Count(tx.Db, stage, effect.Ready * count, effect.Incomplete * count);
        var changed = JobTable.MoveTasks(tx.Db, job.Id, effect.From, effect.To, tasks.Count, steps, tx.Now);
        if (kinds.Of(job) is var kind && kind.Follows(effect.From, effect.To)) kind.TasksChanged(tx, changed, tasks, effect.To);
        tx.Publish(new FarmEvent(FarmEventKind.Tasks, job.Uuid));
        return changed;
    }

    private void CheckPerson(WriteTransaction tx, long jobId)
    {
        var job = JobTable.ById(tx.Db, jobId)!;
        kinds.Of(job).PersonChangesTasks(tx, job);
    }

    private static TaskRowValues Values(TaskChange change) => new(change.Activity, change.Steps, change.Report, change.Holder?.Id, change.Holder?.BatchId, change.Output);

    private static TaskRef Ref(FarmTask task) => new(task.Id, task.Index, task.StageId, task.Status, task.StepsCompleted, task.StepsTotal);

    private static void Publish(WriteTransaction tx, FarmTask task, TaskChange change)
    {
        var holder = change.Holder?.Uuid ?? (task.AttemptId is null ? null : task.WorkerUuid);
        tx.Publish(new FarmEvent(FarmEventKind.Task, task.JobUuid, task.Uuid, holder));
        tx.Publish(new FarmEvent(FarmEventKind.TaskLog, task.JobUuid, task.Uuid));
    }

    private static string Lines(WriteTransaction tx, TaskEffect effect, TaskChange change) =>
        (change.Reason is null ? "" : TaskLogText.Line(tx.Now, change.Reason)) + TaskLogText.Changed(tx.Now, effect.From, effect.To);

    private static void PublishHolders(WriteTransaction tx, TaskEffect effect, IReadOnlyList<TaskRef> tasks, TaskChange change)
    {
        if (change.Holder is { } holder) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: holder.Uuid));
        if (effect.Attempt != AttemptEffect.End) return;
        foreach (var worker in TaskSliceTable.Holders(tx.Db, tasks)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
    }
}
