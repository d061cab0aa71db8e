using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Workers;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;
using TaskCommand = Farm.Server.Domain.Tasks.TaskCommand;

namespace Farm.Tests.Contracts.TaskTracker.Operations;

/// <summary>Tasks of projects under the hands of those who know nothing of projects (Contracts/TaskTracker/Contract.md section 5.10).</summary>
public sealed class RecipeTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private StoreFarm _farm = null!;
    private Guid _job;
    private long _project;
    private FarmWorker _worker = null!;

    public async Task InitializeAsync()
    {
        _farm = new StoreFarm(_directory.Path, slice: 5);
        _job = await _farm.Tracker.ProjectAsync("crawl");
        _project = _farm.Job(_job).Id;
        _worker = await _farm.Tracker.WorkerAsync("a", _project);
    }

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(TaskCommand.Complete)]
    [InlineData(TaskCommand.Requeue)]
    internal async Task A_requeued_task_gets_its_hash_back_or_loses_it_if_taken(TaskCommand first)
    {
        await SubmitAsync(hash: 7);
        if (first == TaskCommand.Requeue) await _farm.Tasks.CancelAsync(Caller.Farm, _farm.Task(_job, 0).Uuid, "");
        else await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], first);
        Assert.Equal(0, (await SubmitAsync(hash: 7)).Skipped);

        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], TaskCommand.Requeue);

        Assert.Null(Hash(0));
        Assert.Equal(7, Hash(1));
        Assert.Equal(1, (await SubmitAsync(hash: 7)).Skipped);
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task A_requeued_task_gets_its_free_hash_back()
    {
        await SubmitAsync(hash: 7);
        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], TaskCommand.Complete);
        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], TaskCommand.Requeue);
        Assert.Equal(7, Hash(0));
        Assert.Equal(1, (await SubmitAsync(hash: 7)).Skipped);
    }

    [Fact]
    public async Task Of_many_requeued_tasks_only_one_gets_each_hash()
    {
        for (var i = 0; i < 23; i++)
        {
            await SubmitAsync(hash: i % 4 + 1);
            await _farm.Commands.ApplyAsync(Caller.Farm, _job, [i], TaskCommand.Complete);
        }

        await _farm.Commands.ApplyAsync(Caller.Farm, _job, null, TaskCommand.Requeue);

        Assert.Equal(4, _farm.Number("SELECT count(hash) FROM recipes"));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task Requeueing_a_failed_task_resets_its_retries()
    {
        await SubmitAsync(maxRetries: 2);
        for (var i = 0; i < 2; i++) await ReleaseAsync(ReleaseResult.Fail);
        Assert.Equal(TaskStatus.Failed, _farm.Task(_job, 0).Status);
        await _farm.Tasks.SetStatusAsync(Caller.Farm, _farm.Task(_job, 0).Uuid, TaskStatus.Queued, "again");
        await ReleaseAsync(ReleaseResult.Fail);
        Assert.Equal(TaskStatus.Queued, _farm.Task(_job, 0).Status);
        Assert.Equal(0, _farm.Number("SELECT count(*) FROM task_failures"));
    }

    [Fact]
    public async Task A_requeued_completed_task_needs_new_verifications()
    {
        var other = await _farm.Tracker.WorkerAsync("b");
        await SubmitAsync(verifications: 2);
        await ReleaseAsync(ReleaseResult.Ok, verification: 5);
        await _farm.Tracker.ReleaseAsync(other, (await _farm.Tracker.TakeAsync(other, _project))!, verification: 5);
        Assert.Equal(TaskStatus.Completed, _farm.Task(_job, 0).Status);

        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], TaskCommand.Requeue);

        Assert.Equal(ReleaseVerdict.AwaitsOthers, await ReleaseAsync(ReleaseResult.Ok, verification: 5));
        Assert.Null(await _farm.Tracker.TakeAsync(_worker, _project));
        Assert.NotNull(await _farm.Tracker.TakeAsync(other, _project));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task A_vote_survives_reclaim_pause_and_failure()
    {
        var other = await _farm.Tracker.WorkerAsync("b");
        await SubmitAsync(maxRetries: 1, verifications: 2);
        await ReleaseAsync(ReleaseResult.Ok, verification: 5);
        await _farm.Tracker.ReleaseAsync(other, (await _farm.Tracker.TakeAsync(other, _project))!, ReleaseResult.Fail);
        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], TaskCommand.ResumeFailed);
        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], TaskCommand.Suspend);
        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], TaskCommand.Resume);
        Assert.Null(await _farm.Tracker.TakeAsync(_worker, _project));
        Assert.Equal(ReleaseVerdict.Updated, await _farm.Tracker.ReleaseAsync(other, (await _farm.Tracker.TakeAsync(other, _project))!, verification: 5));
        Assert.Equal(TaskStatus.Completed, _farm.Task(_job, 0).Status);
    }

    [Fact]
    public async Task Tasks_with_the_workers_vote_are_skipped_without_a_scan()
    {
        for (var i = 0; i < 12; i++) await SubmitAsync(verifications: 2);
        for (var i = 0; i < 11; i++) await ReleaseAsync(ReleaseResult.Ok, verification: i);

        Assert.Equal(11, _farm.Number("SELECT ready FROM stages WHERE voters = $1", $"{_worker.Id}"));
        Assert.Equal(1, _farm.Number("SELECT ready FROM stages WHERE voters = ''"));
        Assert.Equal(_farm.Task(_job, 11).Id, (await _farm.Tracker.TakeAsync(_worker, _project))!.Held.TaskId);
        Assert.Null(await _farm.Tracker.TakeAsync(_worker, _project));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task A_deleted_project_leaves_nothing_behind()
    {
        for (var i = 0; i < 23; i++) await SubmitAsync(hash: i + 1, verifications: 2);
        await ReleaseAsync(ReleaseResult.Ok);
        await _farm.Jobs.DeleteAsync(Caller.Farm, _job);
        Assert.Equal(SubmitVerdict.NoProject, (await SubmitAsync()).Verdict);
        await _farm.BulkUpdates.DrainAsync();
        Invariants.Check(_farm.Store);
        foreach (var table in new[] { "recipes", "recipe_hashes", "recipe_votes", "tasks", "stages", "projects" })
            Assert.Equal(0, _farm.Number($"SELECT count(*) FROM {table}"));
    }

    [SqliteFact]
    public async Task A_project_with_a_reused_id_gets_no_tasks_chained_to_the_old_one()
    {
        var before = _farm.Job(await _farm.Tracker.ProjectAsync("before", chain: _project)).Id;
        var last = await _farm.Tracker.ProjectAsync("last");
        await _farm.Store.WriteAsync(tx => tx.Db.Execute("UPDATE projects SET chain = $2 WHERE job_id = $1", before, _farm.Job(last).Id));
        var number = _farm.Job(last).Id;
        await _farm.Jobs.DeleteAsync(Caller.Farm, last);
        await _farm.BulkUpdates.DrainAsync();

        Assert.Equal(number, _farm.Job(await _farm.Tracker.ProjectAsync("next")).Id);
        Assert.Null(_farm.Store.Read(db => ProjectTable.ById(db, before))!.Details.Chain);
    }

    [Fact]
    public async Task An_ended_project_rejects_submitted_and_chained_tasks()
    {
        var before = await _farm.Tracker.ProjectAsync("before", chain: _project);
        await _farm.Tracker.AllowAsync(_worker.Id, _farm.Job(before).Id);
        await _farm.Jobs.SetStatusAsync(Caller.Farm, _job, JobStatus.CancelRequested, "over");

        await Assert.ThrowsAsync<FarmException>(() => SubmitAsync());
        await _farm.Tracker.SubmitAsync(_worker, _farm.Job(before).Id);
        var task = await _farm.Tracker.TakeAsync(_worker, _farm.Job(before).Id);
        Assert.Equal(ReleaseVerdict.Updated, await _farm.Tracker.ReleaseAsync(_worker, task!));
        Assert.Equal((1, 0), (_farm.Job(before).Tasks.Completed, _farm.Job(_job).Tasks.Total));
    }

    [Fact]
    public async Task A_bulk_submission_of_many_slices_is_stored_completely_and_in_order()
    {
        var recipes = Enumerable.Range(0, 23).Select(i => new NewRecipe($"{i}", 0, new RecipeTerms(0, 0, 1, i % 20))).ToList();
        var answer = await _farm.Tracker.Submission.SubmitAsync(_worker.Id, _project, recipes);
        Assert.Equal(new SubmitResult(SubmitVerdict.Stored, Skipped: 3), answer);
        Assert.Equal(20, _farm.Job(_job).Tasks.Queued);
        for (var i = 0; i < 20; i++) Assert.Equal($"{i}", (await _farm.Tracker.TakeAsync(_worker, _project))!.Text);
    }

    [Fact]
    public async Task A_task_taken_away_by_another_protocol_cannot_be_released()
    {
        await SubmitAsync();
        var task = (await _farm.Tracker.TakeAsync(_worker, _project))!;
        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [0], TaskCommand.Requeue);
        Assert.Equal(ReleaseVerdict.NotAssigned, await _farm.Tracker.ReleaseAsync(_worker, task));
        Assert.Equal(0, _farm.Number("SELECT tasks_closed FROM projects"));
    }

    [Fact]
    public async Task A_worker_put_to_sleep_gets_no_tasks_but_may_finish()
    {
        await SubmitAsync();
        await SubmitAsync();
        var task = (await _farm.Tracker.TakeAsync(_worker, _project))!;
        await _farm.Presence.RequestAsync(Caller.Farm, _worker.Uuid, new StatusRequest(WorkerStatus.Asleep, Lazy: true));

        Assert.Equal(HandoutVerdict.WorkerPaused, (await _farm.Tracker.Handout.NextAsync(_worker, _project)).Verdict);
        Assert.Equal(ReleaseVerdict.Updated, await _farm.Tracker.ReleaseAsync(_worker, task));
        var refusal = await Assert.ThrowsAsync<FarmException>(
            () => _farm.Presence.RequestAsync(Caller.Farm, _worker.Uuid, new StatusRequest(WorkerStatus.Offline, Lazy: false)));
        Assert.Contains("task_tracker", refusal.Message);
        await _farm.Presence.RequestAsync(Caller.Farm, _worker.Uuid, new StatusRequest(WorkerStatus.Awake, Lazy: false));
        Assert.NotNull(await _farm.Tracker.TakeAsync(_worker, _project));
    }

    [Fact]
    public async Task Deleting_a_worker_requeues_its_tasks()
    {
        await SubmitAsync();
        await _farm.Tracker.TakeAsync(_worker, _project);
        await _farm.Registry.RemoveAsync(Caller.Farm, _worker.Uuid);
        Assert.Equal(TaskStatus.Queued, _farm.Task(_job, 0).Status);
        await Assert.ThrowsAsync<FarmException>(() => _farm.Tracker.TakeAsync(_worker, _project));
    }

    [Fact]
    public async Task Pending_votes_are_counted_per_project()
    {
        await SubmitAsync(verifications: 2);
        await SubmitAsync(verifications: 2, maxRetries: 1);
        await ReleaseAsync(ReleaseResult.Ok);
        await ReleaseAsync(ReleaseResult.Ok);
        await _farm.Commands.ApplyAsync(Caller.Farm, _job, [1], TaskCommand.Fail);
        Assert.Equal(new AwaitingVerification(1, 2), _farm.Store.Read(RecipeVoteTable.Awaiting)[_project]);
    }

    private Task<SubmitResult> SubmitAsync(int maxRetries = 0, int verifications = 1, long? hash = null) =>
        _farm.Tracker.SubmitAsync(_worker, _project, maxRetries: maxRetries, verifications: verifications, hash: hash);

    private async Task<ReleaseVerdict> ReleaseAsync(ReleaseResult result, long verification = 0) =>
        await _farm.Tracker.ReleaseAsync(_worker, (await _farm.Tracker.TakeAsync(_worker, _project))!, result, verification);

    private long? Hash(int place) => _farm.Store.Read(db => RecipeTable.Find(db, _farm.Task(_job, place).Id))!.Terms.Hash;
}
