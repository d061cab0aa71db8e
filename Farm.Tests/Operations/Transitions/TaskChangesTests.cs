using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Tasks;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Transitions;

/// <summary>Single tasks, slices and batches change alike: every change in the table of effects leaves the same rows each way.</summary>
public sealed class TaskChangesTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _temporary = new();
    private StoreFarm _farm = null!;
    private FarmWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _farm = new StoreFarm(_temporary["farm"]);
        _worker = await _farm.AwakeAsync("node");
    }

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Every_change_gives_the_same_rows_for_single_tasks_and_slices()
    {
        foreach (var effect in TaskEffects.All)
        {
            var (one, many) = (await JobAsync(effect.From), await JobAsync(effect.From));
            await _farm.Store.WriteAsync(tx =>
            {
                foreach (var task in TaskTable.Slice(tx.Db, one.Id, 0, 2)) _farm.Changes.Apply(tx, task, Change(effect));
                _farm.Changes.Apply(tx, JobTable.ById(tx.Db, many.Id)!, TaskSliceTable.Tasks(tx.Db, many.Id, 0, 1), Change(effect));
            });
            Assert.Equal((effect, Rows(one.Id)), (effect, Rows(many.Id)));
            Invariants.Check(_farm.Store);
        }
    }

    [Fact]
    public async Task Requeueing_project_tasks_gives_the_same_rows_for_single_tasks_and_slices()
    {
        foreach (var effect in TaskEffects.All.Where(effect => effect.Cause == TaskCause.Job && RecipeStatusRules.ResetsRetries(effect.From, effect.To)))
        {
            var (one, many) = (await ProjectAsync(effect.From), await ProjectAsync(effect.From));
            await _farm.Store.WriteAsync(tx =>
            {
                foreach (var task in TaskTable.Slice(tx.Db, one, 0, 2)) _farm.Changes.Apply(tx, task, Change(effect));
                _farm.Changes.Apply(tx, JobTable.ById(tx.Db, many)!, TaskSliceTable.Tasks(tx.Db, many, 0, 1), Change(effect));
            });
            Assert.Equal((effect, Rows(one), Recipes(one)), (effect, Rows(many), Recipes(many)));
            Invariants.Check(_farm.Store);
        }
    }

    [Fact]
    public async Task Every_batch_change_gives_the_same_rows_as_single_task_changes()
    {
        (TaskCause Cause, TaskStatus To, Action<WriteTransaction, Batch> Act)[] ways =
        [
            (TaskCause.Done, TaskStatus.Completed, (tx, batch) => _farm.BatchTransitions.Complete(tx, batch)),
            (TaskCause.Failure, TaskStatus.SoftFailed, (tx, batch) => _farm.BatchTransitions.Fail(tx, batch, 3, "")),
            (TaskCause.WorkerLost, TaskStatus.Queued, (tx, batch) => _farm.BatchTransitions.Lose(tx, batch, 3, "reason")),
            (TaskCause.WorkerLeft, TaskStatus.Queued, (tx, batch) => _farm.BatchTransitions.Release(tx, batch, "reason")),
        ];
        foreach (var (cause, to, act) in ways)
        {
            var (alone, together) = (await SeedAsync(), await SeedAsync());
            await _farm.Store.WriteAsync(tx =>
            {
                foreach (var task in TaskTable.Slice(tx.Db, alone, 0, 2))
                {
                    _farm.Transitions.HandOut(tx, task, _worker);
                    if (cause is TaskCause.Failure or TaskCause.WorkerLost) FailureTable.Insert(tx.Db, task.Id, _worker.Id, alone, EntryRules.TaskType("process"));
                    _farm.Transitions.Apply(tx, TaskTable.ById(tx.Db, task.Id)!, new TaskChange(to, cause) { Activity = Reason(cause), Reason = Reason(cause) });
                }

                var stage = StageTable.OfJob(tx.Db, together)[0];
                var (batch, tasks) = _farm.BatchTransitions.Send(tx, new NextSeed(stage, together, 50, 0), _worker, 10)!.Value;
                Assert.Equal(2, tasks);
                act(tx, batch);
            });
            Assert.Equal((cause, Rows(alone)), (cause, Rows(together)));
            Invariants.Check(_farm.Store);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pausing_a_soft_failed_task_has_the_same_effect_directly_or_through_its_job(bool withItsJob)
    {
        var job = (await JobAsync(TaskStatus.SoftFailed)).Uuid;
        var task = _farm.Task(job, 0);
        Assert.NotEqual(0, task.StepsCompleted);

        if (withItsJob) await _farm.Jobs.SetStatusAsync(Caller.Farm, job, JobStatus.PauseRequested, "test");
        else await _farm.Tasks.SetStatusAsync(Caller.Farm, task.Uuid, TaskStatus.Paused, "test");

        var after = _farm.Task(job, 0);
        Assert.Equal((TaskStatus.Paused, 0), (after.Status, after.StepsCompleted));
        Assert.EndsWith("task changed status soft-failed -> paused\n", Log(after.Id));
    }

    private TaskChange Change(TaskEffect effect) => new(effect.To, effect.Cause)
    {
        Activity = "activity",
        Reason = "reason",
        ForgetsFailures = effect.To == TaskStatus.Queued,
        Holder = effect.Cause == TaskCause.HandOut ? new TaskHolder(_worker.Id, _worker.Uuid) : null,
    };

    /// <summary>A job with two tasks that reached the status through regular changes and have a failure, a file and completed steps.</summary>
    private async Task<Job> JobAsync(TaskStatus status)
    {
        var uuid = await _farm.SubmitAsync("misc:2");
        var job = _farm.Job(uuid);
        await BringAsync(job.Id, status);
        return _farm.Job(uuid);
    }

    private async Task<long> ProjectAsync(TaskStatus status)
    {
        var id = _farm.Job(await _farm.Tracker.ProjectAsync($"project {Guid.NewGuid():N}")).Id;
        var submitter = await _farm.Tracker.WorkerAsync("submitter", id);
        await _farm.Tracker.SubmitAsync(submitter, id, "a", hash: 1);
        await _farm.Tracker.SubmitAsync(submitter, id, "b", hash: 2);
        await BringAsync(id, status);
        return id;
    }

    private async Task<long> SeedAsync()
    {
        var id = await _farm.Seeds.CreateAsync(Caller.Farm, new NewSeed());
        using var metadata = JsonDocument.Parse("{}");
        await _farm.Push.PushAsync(Caller.Farm, id, [.. Enumerable.Range(0, 2).Select(i => new NewEntry($"http://{i}", "add", "page", metadata.RootElement.Clone()))]);
        return _farm.Seeds.Find(id)!.Job.Id;
    }

    private static string Reason(TaskCause cause) => cause switch
    {
        TaskCause.Done => "Completed by the worker",
        TaskCause.Failure => "Failed by the worker",
        _ => "reason",
    };

    private Task BringAsync(long job, TaskStatus status) => _farm.Store.WriteAsync(tx =>
    {
        foreach (var task in TaskTable.Slice(tx.Db, job, 0, 2)) Bring(tx, task, status);
    });

    private void Bring(WriteTransaction tx, FarmTask task, TaskStatus status)
    {
        FailureTable.Insert(tx.Db, task.Id, _worker.Id, task.JobId, StageTable.Requirements(tx.Db, task.StageId).TaskType);
        if (status is TaskStatus.Active or TaskStatus.SoftFailed or TaskStatus.Completed or TaskStatus.Failed)
            _farm.Changes.Apply(tx, task, new TaskChange(TaskStatus.Active, TaskCause.HandOut) { Holder = new TaskHolder(_worker.Id, _worker.Uuid) });
        else if (status != TaskStatus.Queued)
            _farm.Changes.Apply(tx, task, new TaskChange(status, TaskCause.Job));
        var held = TaskTable.ById(tx.Db, task.Id)!;
        if (held.AttemptId is { } attempt) Send(tx, held, attempt);
        if (status is TaskStatus.SoftFailed or TaskStatus.Failed)
            _farm.Changes.Apply(tx, held, new TaskChange(status, TaskCause.Failure) { Steps = held.StepsTotal });
        else if (status == TaskStatus.Completed)
            _farm.Changes.Apply(tx, held, new TaskChange(status, TaskCause.Done));
    }

    private static void Send(WriteTransaction tx, FarmTask task, long attempt)
    {
        var sha256 = "1".PadLeft(64, '0');
        StoredFileTable.Upsert(tx.Db, sha256, 1, tx.Now);
        ArtifactTable.Insert(tx.Db, new NewArtifactRow(Guid.CreateVersion7(), task.JobId, task.Id, attempt, "file", 1, sha256, "text/plain"), tx.Now);
    }

    private string Log(long task) => _farm.Store.Read(db => string.Concat(TaskLogView.After(db, task, 0, 100).Select(chunk => chunk.Text)));

    /// <summary>Everything that a change affects, without what differs between jobs: ids and the number of log writes.</summary>
    private string Rows(long job) => _farm.Store.Read(db => string.Join('\n',
    [
        .. Texts(db,
            """
            SELECT concat_ws('|', number, status, activity, steps_completed, attempt_id IS NULL, worker_id, errors, timeouts, updated_at, touched_at,
              coalesce(CAST(started_at AS TEXT), 'never'), coalesce(CAST(completed_at AS TEXT), 'never')) FROM tasks WHERE job_id = $1 ORDER BY number
            """, job),
        .. Texts(db, "SELECT concat_ws('|', t.number, a.worker_id, a.started_at, coalesce(CAST(a.ended_at AS TEXT), 'never'), a.outcome) FROM attempts a JOIN tasks t ON t.id = a.task_id WHERE t.job_id = $1 ORDER BY t.number, a.id", job),
        .. Texts(db, "SELECT concat_ws('|', t.number, replace(l.text, ' in batch ' || coalesce((SELECT substr(l.text, CAST(instr(l.text, ' in batch ') AS INTEGER) + 10, 12)), ''), '')) FROM task_log_lines l JOIN tasks t ON t.id = l.task_id WHERE t.job_id = $1 ORDER BY t.number, l.id", job),
        .. Texts(db, "SELECT concat_ws('|', t.number, f.worker_id, f.task_type, f.times) FROM task_failures f JOIN tasks t ON t.id = f.task_id WHERE t.job_id = $1 ORDER BY t.number", job),
        .. Texts(db, "SELECT concat_ws('|', t.number, a.path) FROM artifacts a JOIN tasks t ON t.id = a.task_id WHERE t.job_id = $1 ORDER BY t.number", job),
        .. Texts(db, "SELECT concat_ws('|', number, ready, incomplete, unmet) FROM stages WHERE job_id = $1 ORDER BY number", job),
        .. Texts(db,
            """
            SELECT concat_ws('|', tasks_queued, tasks_soft_failed, tasks_pended, tasks_active, tasks_paused, tasks_completed, tasks_failed, tasks_canceled,
              steps_completed, artifact_files, artifact_bytes) FROM jobs WHERE id = $1
            """, job),
    ]));

    private string Recipes(long job) => _farm.Store.Read(db => string.Join('\n',
    [
        .. Texts(db, "SELECT concat_ws('|', t.number, r.retries, r.hash) FROM recipes r JOIN tasks t ON t.id = r.task_id WHERE t.job_id = $1 ORDER BY t.number", job),
        .. Texts(db, "SELECT concat_ws('|', h.hash, t.number) FROM recipe_hashes h JOIN tasks t ON t.id = h.task_id WHERE h.job_id = $1 ORDER BY h.hash", job),
    ]));

    private static List<string> Texts(StoreSession db, string sql, long job) => db.All(sql, row => row.GetString(0), job);
}
