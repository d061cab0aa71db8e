using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Tasks;

/// <summary>Applies the reports of workers. Only the attempt that holds a task can change it (Docs/design.md section 1, rule 2).</summary>
internal sealed class TaskUpdates(FarmStore store, TaskTransitions transitions, TaskFailures failures, IOptionsMonitor<FarmLimits> limits)
{
    /// <summary>Applies one report.</summary>
    /// <param name="workerId">The worker that reports.</param>
    /// <param name="taskUuid">The task.</param>
    /// <param name="attemptId">The attempt; null if the protocol has no attempts, so that task and worker identify it.</param>
    /// <param name="report">The report.</param>
    /// <exception cref="FarmException">The task does not exist, or workers may not report this.</exception>
    public Task<ReportVerdict> ApplyAsync(long workerId, Guid taskUuid, long? attemptId, TaskReport report) => store.WriteAsync(tx =>
    {
        var verdict = Apply(tx, workerId, taskUuid, attemptId, report);
        TaskMetrics.Updated(tx, verdict);
        return verdict;
    });

    private ReportVerdict Apply(WriteTransaction tx, long workerId, Guid taskUuid, long? attemptId, TaskReport report)
    {
        var task = TaskTable.ByUuid(tx.Db, taskUuid) ?? throw FarmException.NotFound("no such task");
        if (!task.IsHeldBy(workerId, attemptId)) return ApplyLate(tx, task, workerId, attemptId, report);
        if (report.Status == TaskStatus.SoftFailed)
            throw FarmException.Invalid("workers report \"failed\", not \"soft-failed\"; the farm decides which applies");
        ApplyCurrent(tx, task, report);
        return ReportVerdict.Accepted;
    }

    private static ReportVerdict ApplyLate(WriteTransaction tx, FarmTask task, long workerId, long? attemptId, TaskReport report)
    {
        var attempt = attemptId is { } id ? AttemptTable.ById(tx.Db, id) : AttemptTable.Newest(tx.Db, task.Id, workerId);
        if (attempt is null || attempt.TaskId != task.Id || attempt.WorkerId != workerId) return ReportVerdict.NotCurrent;
        if (attempt.Report is { } ended && ended.AsSpan().SequenceEqual(report.Digest())) return ReportVerdict.Repeated;
        if (report.Log is { Length: > 0 } log)
        {
            TaskLogTable.Append(tx.Db, task.Id, attempt.Id, log);
            tx.Publish(new FarmEvent(FarmEventKind.TaskLog, task.JobUuid, task.Uuid));
        }

        return ReportVerdict.NotCurrent;
    }

    private void ApplyCurrent(WriteTransaction tx, FarmTask task, TaskReport report)
    {
        if (report.Log is { Length: > 0 } log)
        {
            TaskLogTable.Append(tx.Db, task.Id, task.AttemptId, log);
            tx.Publish(new FarmEvent(FarmEventKind.TaskLog, task.JobUuid, task.Uuid));
        }

        int? steps = report.StepsCompleted is { } reported ? Math.Clamp(reported, 0, task.StepsTotal) : null;
        switch (report.Status)
        {
            case null or TaskStatus.Active:
                Progress(tx, task, report.Activity, steps);
                break;
            case TaskStatus.Failed:
                failures.Apply(
                    tx, task, limits.CurrentValue.Failures, new TaskChange(TaskStatus.Failed, TaskCause.Failure) { Activity = report.Activity, Steps = steps, Report = report.Digest() });
                break;
            case { } to:
                transitions.Apply(tx, task, new TaskChange(to, to == TaskStatus.Completed ? TaskCause.Done : TaskCause.WorkerLeft)
                {
                    Activity = report.Activity,
                    Steps = steps,
                    Report = report.Digest(),
                });
                break;
        }
    }

    private static void Progress(WriteTransaction tx, FarmTask task, string? activity, int? steps)
    {
        TaskTable.Progress(tx.Db, task.Id, activity, steps, tx.Now);
        if (steps is { } done && done != task.StepsCompleted) JobTable.AddSteps(tx.Db, task.JobId, done - task.StepsCompleted, tx.Now);
        if (activity is not null || steps is not null) tx.Publish(new FarmEvent(FarmEventKind.Task, task.JobUuid, task.Uuid));
    }
}
