using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Requests;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Microsoft.Extensions.Options;

namespace Farm.Server.Operations.Tasks;

/// <summary>Applies the reports of workers. Only the attempt that holds a task can change it (Docs/design.md section 1, rule 2).</summary>
internal sealed class TaskUpdates
{
    /// <summary>A log text up to this length, in characters, is written together with the reports of others.</summary>
    private const int MaxGroupedLog = 16 * 1024;

    /// <summary>A longer log text, in characters, is written in parts, so that no write takes long.</summary>
    private const int MaxWrittenLog = 1024 * 1024;

    private const int MaxActivity = 16 * 1024;

    private readonly TaskTransitions _transitions;
    private readonly TaskFailures _failures;
    private readonly IOptionsMonitor<FarmLimits> _limits;
    private readonly GroupedWrites<Request, ReportVerdict> _writes;

    /// <summary>Creates the operation.</summary>
    public TaskUpdates(FarmStore store, TaskTransitions transitions, TaskFailures failures, IOptionsMonitor<FarmLimits> limits)
    {
        (_transitions, _failures, _limits) = (transitions, failures, limits);
        _writes = new GroupedWrites<Request, ReportVerdict>(store, ApplyTogether, ApplyAlone);
    }

    /// <summary>
    /// Applies one report. The beginning of a very long log text is written before the rest of the report; if the server stops in between and the parts
    /// are not numbered, the log has it twice when the report is repeated.
    /// </summary>
    /// <param name="workerId">The worker that reports.</param>
    /// <param name="taskUuid">The task.</param>
    /// <param name="attemptId">The attempt; null if the protocol has no attempts, so that task and worker identify it.</param>
    /// <param name="report">The report.</param>
    /// <param name="key">The key of the request; null without one.</param>
    /// <exception cref="FarmException">The task does not exist, workers may not report this, the activity is too long, or the request was carried out before.</exception>
    public async Task<ReportVerdict> ApplyAsync(long workerId, Guid taskUuid, long? attemptId, TaskReport report, RequestKey? key = null)
    {
        if (report.Activity?.Length > MaxActivity)
            throw FarmException.Invalid($"the activity has {report.Activity.Length} characters; the most is {MaxActivity}: send long texts as log");
        if (report.LogPart is < 0 or > TaskReport.MaxLogPart)
            throw FarmException.Invalid($"the number of a part of the log is from 0 to {TaskReport.MaxLogPart}");
        var whole = report;
        while (report.Log?.Length > MaxWrittenLog)
        {
            var end = report.Log.LastIndexOf('\n', MaxWrittenLog - 1) + 1;
            // A single line that is longer is broken, but not between the halves of a character pair.
            if (end == 0) end = char.IsHighSurrogate(report.Log[MaxWrittenLog - 1]) ? MaxWrittenLog - 1 : MaxWrittenLog;
            var part = new TaskReport(null, null, report.Log[..end], null) { Whole = whole, LogPart = report.LogPart };
            if (await _writes.WriteAsync(new Request(workerId, taskUuid, attemptId, part, key)) == ReportVerdict.Repeated) return ReportVerdict.Repeated;
            // Beyond what workers can number.
            report = report with { Log = report.Log[end..], Whole = whole, LogPart = report.LogPart + TaskReport.MaxLogPart + 1 };
        }

        return await _writes.WriteAsync(new Request(workerId, taskUuid, attemptId, report, key));
    }

    /// <summary>Applies those reports that complete a task or tell of its progress, each of another task.</summary>
    private IReadOnlyList<ReportVerdict?> ApplyTogether(WriteTransaction tx, IReadOnlyList<Request> requests)
    {
        var tasks = TaskTable.ByUuids(tx.Db, requests.Select(request => request.Task).Distinct()).ToDictionary(task => task.Uuid);
        var verdicts = new ReportVerdict?[requests.Count];
        List<(FarmTask Task, TaskChange Change)> completed = [];
        List<(FarmTask Task, TaskReport Report)> progress = [];
        for (var i = 0; i < requests.Count; i++)
        {
            var report = requests[i].Report;
            // Once: what else is reported of the task must see this.
            if (requests[i].Key is not null || !tasks.Remove(requests[i].Task, out var task) || !task.IsHeldBy(requests[i].Worker, requests[i].Attempt) || !IsSimple(report)) continue;
            if (report.Status == TaskStatus.Completed) completed.Add((task, Change(task, report, TaskStatus.Completed, TaskCause.Done)));
            else progress.Add((task, report));
            verdicts[i] = ReportVerdict.Accepted;
        }

        if (progress.Count > 0) Progress(tx, progress);
        if (completed.Count > 0) _transitions.Complete(tx, completed);
        if (completed.Count + progress.Count is > 0 and var applied) TaskMetrics.TasksUpdated(tx, applied);
        return verdicts;
    }

    private static bool IsSimple(TaskReport report) =>
        report.Status is null or TaskStatus.Active or TaskStatus.Completed && IsSimple(report.Log) && IsSimple(report.Activity);

    private static bool IsSimple(string? text) => text is null || text.Length <= MaxGroupedLog && !text.Contains('\0');

    private static void Progress(WriteTransaction tx, List<(FarmTask Task, TaskReport Report)> reports)
    {
        TaskTable.Progress(tx.Db, reports.Select(pair => (pair.Task.Id, pair.Report.Activity, Steps(pair.Task, pair.Report))), tx.Now);
        if (reports.Exists(pair => pair.Report.Log is not null))
            TaskLogTable.Append(tx.Db, reports.Select(pair => new TaskLogRow(pair.Task.Id, pair.Task.AttemptId, pair.Report.Log ?? "", pair.Report.LogPart)));
        foreach (var job in reports.GroupBy(pair => pair.Task.JobId, pair => NewSteps(pair.Task, pair.Report)))
        {
            if (job.Sum() is not 0 and var steps) JobTable.AddSteps(tx.Db, job.Key, steps, tx.Now);
        }

        foreach (var (task, report) in reports) PublishProgress(tx, task, report);
    }

    private ReportVerdict ApplyAlone(WriteTransaction tx, Request request)
    {
        var verdict = Apply(tx, request.Worker, request.Task, request.Attempt, request.Report);
        if (request.Key is { } key && verdict == ReportVerdict.Accepted) RepeatedRequests.Claim(tx, key, $"report on task {request.Task}");
        TaskMetrics.Updated(tx, verdict);
        return verdict;
    }

    private readonly record struct Request(long Worker, Guid Task, long? Attempt, TaskReport Report, RequestKey? Key);

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
            TaskLogTable.Append(tx.Db, new TaskLogRow(task.Id, attempt.Id, log, report.LogPart));
            tx.Publish(new FarmEvent(FarmEventKind.TaskLog, task.JobUuid, task.Uuid));
        }

        return ReportVerdict.NotCurrent;
    }

    private void ApplyCurrent(WriteTransaction tx, FarmTask task, TaskReport report)
    {
        switch (report.Status)
        {
            case null or TaskStatus.Active:
                Progress(tx, task, report);
                break;
            case TaskStatus.Failed:
                _failures.Apply(tx, task, _limits.CurrentValue.Failures, Change(task, report, TaskStatus.Failed, TaskCause.Failure));
                break;
            case TaskStatus.Completed:
                _transitions.Apply(tx, task, Change(task, report, TaskStatus.Completed, TaskCause.Done));
                break;
            case { } to:
                _transitions.Apply(tx, task, Change(task, report, to, TaskCause.WorkerLeft));
                break;
        }
    }

    private static TaskChange Change(FarmTask task, TaskReport report, TaskStatus to, TaskCause cause) => new(to, cause)
    {
        Activity = report.Activity,
        Steps = Steps(task, report),
        Report = report.Digest(),
        Output = report.Log,
    };

    private static int? Steps(FarmTask task, TaskReport report) =>
        report.StepsCompleted is { } reported ? Math.Clamp(reported, 0, task.StepsTotal) : null;

    private static void Progress(WriteTransaction tx, FarmTask task, TaskReport report)
    {
        TaskLogTable.Append(tx.Db, new TaskLogRow(task.Id, task.AttemptId, report.Log ?? "", report.LogPart));
        TaskTable.Progress(tx.Db, task.Id, report.Activity, Steps(task, report), tx.Now);
        if (NewSteps(task, report) is not 0 and var steps) JobTable.AddSteps(tx.Db, task.JobId, steps, tx.Now);
        PublishProgress(tx, task, report);
    }

    private static int NewSteps(FarmTask task, TaskReport report) => Steps(task, report) is { } done ? done - task.StepsCompleted : 0;

    private static void PublishProgress(WriteTransaction tx, FarmTask task, TaskReport report)
    {
        if (report.Log is { Length: > 0 }) tx.Publish(new FarmEvent(FarmEventKind.TaskLog, task.JobUuid, task.Uuid));
        if (report.Activity is not null || report.StepsCompleted is not null) tx.Publish(new FarmEvent(FarmEventKind.Task, task.JobUuid, task.Uuid));
    }
}
