using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Artifacts;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Model;

/// <summary>One run of steps on a farm with four workers, with the state known to its callers.</summary>
internal sealed class FarmRun(StoreFarm farm, ManualTime time)
{
    private static readonly string[] JobShapes =
        ["misc:3", "misc:2 blender:2:50:0", "blender:1:70 misc:2:30 misc:1:50:0,1", "misc:12", "misc:1 misc:3:50:0 misc:1:50:1", "blender:5:80 blender:2:20"];

    private static readonly string[][] WorkerTypes = [["misc"], ["misc", "blender"], ["blender", "misc"], ["blender"]];

    private readonly List<FarmWorker> _workers = [];
    private readonly List<Guid> _jobs = [];
    private readonly SeedRun _seeds = new(farm);
    private Guid _open;
    private readonly HashSet<Guid> _commanded = [];
    private readonly ProjectRun _projects = new(farm);
    private readonly List<(long Worker, AssignedTask Task)> _handedOut = [];
    private readonly List<(long Worker, AssignedTask Task, TaskReport Report)> _ended = [];

    public async Task StartAsync()
    {
        var tag = Guid.CreateVersion7();
        await farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'gpu')", tag));
        foreach (var types in WorkerTypes) _workers.Add(await farm.AwakeAsync($"w{_workers.Count}", types));
        await farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO worker_tags SELECT $1, id FROM tags", _workers[1].Id));
        _jobs.Add(await farm.SubmitAsync(JobShapes[1], tag: tag));
        _jobs.Add(await farm.SubmitAsync(JobShapes[3]));
        await AddOpenJobAsync();
        foreach (var seed in await _seeds.StartAsync())
        {
            _jobs.Add(seed);
            _commanded.Add(seed);
        }
        foreach (var project in await _projects.StartAsync()) AddProject(project);
    }

    /// <summary>Runs one step. An error is a valid result but must change nothing.</summary>
    public async Task DoAsync(Step step)
    {
        try
        {
            await AttemptAsync(step);
        }
        catch (FarmException error) when (error.Kind != ErrorKind.Unavailable)
        {
        }
    }

    /// <summary>Finishes everything, with two workers that can run all tasks. Afterwards no job may be stuck.</summary>
    public async Task SettleAsync()
    {
        await farm.BulkUpdates.DrainAsync();
        Invariants.Check(farm.Store);
        Assert.Equal(0, farm.Number("SELECT count(*) FROM jobs WHERE mass_change IS NOT NULL OR status IN (0, 7, 9)"));
        foreach (var name in new[] { "last-1", "last-2" })
        {
            var worker = await farm.AwakeAsync(name, "misc", "blender");
            await farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO worker_tags SELECT $1, id FROM tags", worker.Id));
            while ((await farm.Scheduler.ScheduleAsync(worker.Id)).Task is { } task) await farm.ReportAsync(worker, task, TaskStatus.Completed);
        }

        Invariants.Check(farm.Store);
        foreach (var job in _jobs.Except(_commanded).Select(farm.Job).Where(job => job is { Status: JobStatus.Queued or JobStatus.Active }))
            Assert.True(job.Tasks.Active + job.Tasks.Paused + job.Tasks.Pended + Unreachable(job.Id) > 0, $"Job {job} waits for nothing");
    }

    private Task AttemptAsync(Step step)
    {
        var worker = _workers[step.A % _workers.Count].Id;
        return step.FarmAction switch
        {
            FarmAction.Schedule => ScheduleAsync(worker),
            FarmAction.ScheduleTogether => ScheduleTogetherAsync(step),
            FarmAction.Report => ReportOnHeldAsync(step),
            FarmAction.ReportTogether => ReportTogetherAsync(step),
            FarmAction.Replay => ReplayAsync(step),
            FarmAction.SendFile => SendFileAsync(step),
            FarmAction.MayIRun => MayIRunAsync(worker, step),
            FarmAction.SignOn => farm.Presence.SignOnAsync(worker, new SignOnMetadata("w", "test", "::1", true, WorkerTypes[step.A % WorkerTypes.Length])),
            FarmAction.SignOff => farm.Presence.SignOffAsync(worker),
            FarmAction.ChangeState => farm.Presence.StateChangedAsync(worker, step.B % 3 == 0 ? WorkerStatus.Asleep : WorkerStatus.Awake),
            FarmAction.RequestStatus => farm.Presence.RequestAsync(
                Caller.Farm,
                _workers[step.A % _workers.Count].Uuid, new StatusRequest((WorkerStatus)(step.B % 7), step.C % 2 == 0)),
            FarmAction.RemoveWorker => RemoveAndReplaceAsync(step.A % _workers.Count),
            FarmAction.SubmitJob => SubmitJobAsync(step),
            FarmAction.AddTasks => AddTasksAsync(step),
            FarmAction.PushEntries => _seeds.PushAsync(step),
            FarmAction.FetchBatches => _seeds.FetchAsync(step),
            FarmAction.ReportBatch => _seeds.ReportAsync(step),
            FarmAction.ReleaseBatches => _seeds.ReleaseAsync(step),
            FarmAction.SetJobStatus => SetJobStatusAsync(AnyJob(step), (JobStatus)(step.B % 10)),
            FarmAction.ApplyJobVerb => ApplyJobVerbAsync(AnyJob(step), (JobVerb)(step.B % 4)),
            FarmAction.SetTaskStatus => SetTaskStatusAsync(step),
            FarmAction.CommandTasks => CommandTasksAsync(step),
            FarmAction.SetPriority => farm.Jobs.SetPriorityAsync(Caller.Farm, AnyJob(step), step.B % 4 * 25),
            FarmAction.DeleteJob => farm.Jobs.DeleteAsync(Caller.Farm, AnyJob(step)),
            FarmAction.PassTime => PassTimeAsync(step),
            FarmAction.DrainOneSlice => DrainOneSliceAsync(),
            FarmAction.SubmitRecipe => _projects.SubmitAsync(step),
            FarmAction.TakeRecipe => _projects.TakeAsync(step),
            FarmAction.ReleaseRecipe => _projects.ReleaseAsync(step),
            _ => farm.BulkUpdates.DrainAsync(),
        };
    }

    private async Task ScheduleAsync(long worker)
    {
        var held = farm.Store.Read(db => AssignedTaskTable.HeldBy(db, worker));
        var expected = held?.Uuid ?? NaiveScheduler.Next(farm.Store, worker);
        var answer = await farm.Scheduler.ScheduleAsync(worker);
        if (answer.ChangeTo is not null || answer.NotAwake is not null) return;
        Assert.Equal(expected, answer.Task?.Uuid);
        if (answer.Task is { } task) _handedOut.Add((worker, task));
    }

    /// <summary>All workers ask at once, one of them twice. No two get the same task, and the first of them gets what it would get alone.</summary>
    private async Task ScheduleTogetherAsync(Step step)
    {
        var workers = Enumerable.Range(step.A, _workers.Count + 1).Select(number => _workers[number % _workers.Count].Id).ToArray();
        var held = farm.Store.Read(db => AssignedTaskTable.HeldBy(db, workers[0]));
        var expected = held?.Uuid ?? NaiveScheduler.Next(farm.Store, workers[0]);
        var asked = farm.Together(() => workers.Select(farm.Scheduler.ScheduleAsync));
        var answers = await Task.WhenAll(asked);
        if (answers[0] is { ChangeTo: null, NotAwake: null }) Assert.Equal(expected, answers[0].Task?.Uuid);
        Assert.Equal(answers[0].Task?.AttemptId, answers[^1].Task?.AttemptId);
        var tasks = answers.SkipLast(1).Select(answer => answer.Task?.Uuid).OfType<Guid>().ToList();
        Assert.Equal(tasks.Distinct(), tasks);
        for (var i = 0; i < _workers.Count; i++)
        {
            if (answers[i].Task is { } task) _handedOut.Add((workers[i], task));
            else if (answers[i] is { ChangeTo: null, NotAwake: null }) Assert.Null(NaiveScheduler.Next(farm.Store, workers[i]));
        }
    }

    /// <summary>Workers report at once on tasks that they got recently; a task may be reported on twice.</summary>
    private async Task ReportTogetherAsync(Step step)
    {
        if (_handedOut.Count == 0) return;
        var recent = _handedOut.TakeLast(5).Concat(_handedOut.TakeLast(1)).ToList();
        var reports = recent.Select((_, i) => new TaskReport(
            ((step.B + i) % 6) switch { 0 => null, 1 => TaskStatus.Active, 2 => TaskStatus.Failed, _ => TaskStatus.Completed },
            i % 2 == 0 ? "together" : null, (step.C + i) % 3 == 0 ? "text" : null, (step.C + i) % 4)).ToList();
        var rows = recent.Select(pair => farm.Store.Read(db => TaskTable.ByUuid(db, pair.Task.Uuid))).ToList();
        var verdicts = await Task.WhenAll(farm.Together(() => recent.Select((pair, i) => farm.Reports.ApplyAsync(pair.Worker, pair.Task.Uuid, pair.Task.AttemptId, reports[i]))));
        for (var i = 0; i < recent.Count - 1; i++)
        {
            // Reported on once, so that nothing else of this step changes it; a job that fails takes its other tasks along.
            if (recent.Count(pair => pair.Task.Uuid == recent[i].Task.Uuid) > 1 || reports.Exists(report => report.Status == TaskStatus.Failed)) continue;
            var holds = rows[i] is { AttemptId: { } current } && current == recent[i].Task.AttemptId && rows[i]!.WorkerId == recent[i].Worker;
            Assert.Equal(holds, verdicts[i] == ReportVerdict.Accepted);
            if (holds && reports[i].Status == TaskStatus.Completed) _ended.Add((recent[i].Worker, recent[i].Task, reports[i]));
        }
    }

    /// <summary>A worker reports on a task that it got recently, mostly its current one.</summary>
    private Task ReportOnHeldAsync(Step step)
    {
        if (_handedOut.Count == 0) return Task.CompletedTask;
        var (worker, task) = _handedOut[^(1 + step.A % Math.Min(_handedOut.Count, 4))];
        var status = (step.B % 12) switch
        {
            0 => TaskStatus.Active,
            1 => (TaskStatus?)null,
            < 6 => TaskStatus.Failed,
            6 => (TaskStatus)(step.C % TaskStatusNames.Count),
            _ => TaskStatus.Completed,
        };
        return ReportAsync(worker, task, step.C % 2 == 0 ? task.AttemptId : null, new TaskReport(status, "a", step.C % 3 == 0 ? "text" : null, step.C % 4));
    }

    /// <summary>A report that ended an attempt is repeated, possibly late.</summary>
    private Task ReplayAsync(Step step)
    {
        if (_ended.Count == 0) return Task.CompletedTask;
        var (worker, task, report) = _ended[step.A % _ended.Count];
        return ReportAsync(worker, task, step.B % 2 == 0 ? task.AttemptId : null, report);
    }

    private async Task ReportAsync(long worker, AssignedTask task, long? attempt, TaskReport report)
    {
        var before = Row(task.Uuid);
        var row = farm.Store.Read(db => TaskTable.ByUuid(db, task.Uuid));
        var holds = row is { AttemptId: { } current } && row.WorkerId == worker && (attempt ?? current) == current;
        var endedByThis = _ended.LastOrDefault(entry => entry.Task.AttemptId == task.AttemptId && entry.Worker == worker).Report;
        var verdict = await farm.Reports.ApplyAsync(worker, task.Uuid, attempt, report);

        Assert.Equal(holds, verdict == ReportVerdict.Accepted);
        if (!holds)
        {
            Assert.Equal(before, Row(task.Uuid));
            if (attempt is not null && endedByThis == report) Assert.Equal(ReportVerdict.Repeated, verdict);
            return;
        }

        if (report.Status is null or TaskStatus.Active) return;

        _ended.Add((worker, task with { AttemptId = row!.AttemptId!.Value }, report));
    }

    /// <summary>A worker sends a file and a message for a task that it got recently. Only the rows are written.</summary>
    private Task SendFileAsync(Step step)
    {
        if (_handedOut.Count == 0) return Task.CompletedTask;
        var (worker, task) = _handedOut[^(1 + step.A % Math.Min(_handedOut.Count, 4))];
        var sha256 = $"{step.B % 3}".PadLeft(64, '0');
        return farm.Store.WriteAsync(tx =>
        {
            var held = HeldTask.Of(tx.Db, worker, task.Uuid, step.C % 2 == 0 ? task.AttemptId : null);
            var attempt = held.AttemptId!.Value;
            StoredFileTable.Upsert(tx.Db, sha256, step.B % 3, tx.Now);
            ArtifactTable.Insert(
                tx.Db, new NewArtifactRow(Guid.CreateVersion7(), held.JobId, held.Id, attempt, $"file-{step.C % 5}", step.B % 3, sha256, "text/plain"), tx.Now);
            TaskMessageTable.Set(tx.Db, held.Id, attempt, ["text"]);
            JobInputTable.Add(tx.Db, held.JobId, sha256);
        });
    }

    private Task MayIRunAsync(long worker, Step step)
    {
        if (_handedOut.Count == 0) return Task.CompletedTask;
        var task = _handedOut[step.B % _handedOut.Count].Task;
        var row = farm.Store.Read(db => TaskTable.ByUuid(db, task.Uuid));
        var asked = farm.Store.Read(db => WorkerTable.ById(db, worker))?.Request is { Lazy: false };
        var mayKeepRunning = row is { Status: TaskStatus.Active } && row.WorkerId == worker && row.AttemptId == task.AttemptId && !asked;
        Assert.Equal(mayKeepRunning, farm.Permission.MayKeepRunning(worker, task.Uuid, task.AttemptId).MayKeepRunning);
        return farm.Heartbeats.FlushAsync();
    }

    private async Task RemoveAndReplaceAsync(int index)
    {
        await farm.Registry.RemoveAsync(Caller.Farm, _workers[index].Uuid);
        _workers[index] = await farm.AwakeAsync($"w{index}", WorkerTypes[index]);
    }

    private async Task SubmitJobAsync(Step step)
    {
        time.Advance(TimeSpan.FromMilliseconds(1));
        _jobs.Add(await farm.SubmitAsync(JobShapes[step.A % JobShapes.Length], step.B % 3 * 25));
    }

    private Task SetTaskStatusAsync(Step step)
    {
        var task = farm.Store.Read(db => db.All("SELECT uuid FROM tasks ORDER BY id", row => row.Uuid(0)));
        return task.Count == 0
            ? Task.CompletedTask
            : farm.Tasks.SetStatusAsync(Caller.Farm, task[step.A % task.Count], (TaskStatus)(step.B % TaskStatusNames.Count), "asked");
    }

    /// <summary>A command to all or some tasks of a job; no others may change.</summary>
    private async Task CommandTasksAsync(Step step)
    {
        var job = AnyJob(step);
        int[]? indexes = step.C % 3 == 0 ? null : [step.B % 3, step.C % 4];
        var others = Others(job, indexes);
        await farm.Commands.ApplyAsync(Caller.Farm, job, indexes, (TaskCommand)(step.B % 9));
        Assert.Equal(others, Others(job, indexes));
    }

    private List<string> Others(Guid job, int[]? indexes) => indexes is null ? [] : farm.Store.Read(db => db.All(
        """
        SELECT concat_ws('|', t.number, t.status, t.steps_completed, t.attempt_id, t.errors, t.updated_at)
        FROM tasks t JOIN jobs j ON j.id = t.job_id WHERE j.uuid = $1 AND t.number NOT IN ($2, $3) ORDER BY t.number
        """,
        row => row.GetString(0), job, indexes[0], indexes[1]));

    private async Task PassTimeAsync(Step step)
    {
        time.Advance(step.B % 3 == 0 ? TimeSpan.FromMinutes(11) : TimeSpan.FromSeconds(50));
        foreach (var worker in _workers.Where((_, index) => index != step.A % _workers.Count)) farm.Heartbeats.WorkerSeen(worker.Id);
        await farm.Timeouts.CheckAsync();
        await farm.Lost.CheckAsync();
        await farm.Tracker.Timeouts.CheckAsync();
    }

    private Task SetJobStatusAsync(Guid job, JobStatus status)
    {
        _commanded.Add(job);
        return farm.Jobs.SetStatusAsync(Caller.Farm, job, status, "asked");
    }

    private Task ApplyJobVerbAsync(Guid job, JobVerb verb)
    {
        _commanded.Add(job);
        return farm.Jobs.DoAsync(Caller.Farm, job, verb, "asked");
    }

    /// <summary>Tasks that wait for others that will never complete.</summary>
    private long Unreachable(long job) => farm.Number("SELECT sum(ready) FROM stages WHERE job_id = $1 AND unmet > 0", job);

    private Task DrainOneSliceAsync() => farm.Store.WriteAsync(tx =>
    {
        if (JobTable.InBulkUpdate(tx.Db).Find(job => job.BulkUpdate != BulkUpdate.Construct) is { } job) farm.JobTransitions.RunNextSlice(tx, job);
    });

    private async Task AddOpenJobAsync()
    {
        time.Advance(TimeSpan.FromMilliseconds(1));
        _jobs.Add(_open = await farm.OpenJobAsync("open"));
        _commanded.Add(_open);
    }

    /// <summary>Adds up to three tasks with one of three priorities to the open job, or to a new one if it was deleted.</summary>
    private async Task AddTasksAsync(Step step)
    {
        if (farm.Store.Read(db => JobTable.ByUuid(db, _open)) is not { } job) await AddOpenJobAsync();
        else if (OpenJobRules.NewTaskStatus(job.Status) is null || job.BulkUpdate == BulkUpdate.Delete) return;
        await farm.AddTasksAsync(_open, "misc", step.B % 3 * 25, 1 + step.A % 3);
    }

    /// <summary>A project can be left with tasks that every worker has already voted on.</summary>
    private void AddProject(Guid project)
    {
        _jobs.Add(project);
        _commanded.Add(project);
    }

    private Guid AnyJob(Step step) => _jobs[step.A % _jobs.Count];

    private string? Row(Guid task) => farm.Store.Read(db => db.First(
        """
        SELECT concat_ws('|', status, activity, steps_completed, attempt_id, worker_id, errors, timeouts, updated_at, touched_at, completed_at)
        FROM tasks WHERE uuid = $1
        """,
        row => row.GetString(0), task));
}
