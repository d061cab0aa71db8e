using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Secrets;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Tables.Accounts;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Contracts.TaskTracker.Operations;

/// <summary>What managers do to all tasks of a project: in slices, with exact counters, and without the tasks that come meanwhile.</summary>
public sealed class ProjectMaintenanceTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _temporary = new();
    private readonly StoreFarm _farm;
    private readonly ProjectMaintenance _maintenance;
    private readonly ProjectControl _control;
    private Caller _admin = null!;

    public ProjectMaintenanceTests()
    {
        _farm = new StoreFarm(_temporary["farm"], slice: 7);
        var log = new ProjectLog(_farm.Store, new ProjectSettings(), NullLogger<ProjectLog>.Instance);
        _maintenance = new ProjectMaintenance(_farm.Store, _farm.Slices, _farm.JobTransitions, log, _farm.Audit);
        _control = new ProjectControl(_farm.OpenJobs, SecretBox.Open(_farm.Directory), log, _farm.Audit, _farm.Time);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Affected_tasks_are_counted_exactly_in_any_arrangement(int step)
    {
        var (id, uuid) = await ProjectAsync(60);
        for (var i = 0; i < 60; i += step) await BecomeAsync(id, i, (TaskStatus)(i / step % 8 == 3 ? 0 : i / step % 8));
        var before = _farm.Job(uuid).Tasks;

        Assert.Equal(before.Failed, await _maintenance.ResetFailedAsync(_admin, id));
        Invariants.Check(_farm.Store);
        Assert.Equal(before with { Failed = 0, Queued = before.Queued + before.Failed }, _farm.Job(uuid).Tasks);

        Assert.Equal(60 - before.Completed - before.Canceled, await _maintenance.HardResetAsync(_admin, id));
        Invariants.Check(_farm.Store);
        Assert.Equal(60 - before.Completed, _farm.Job(uuid).Tasks.Canceled);
        Assert.Equal(60, _farm.Job(uuid).Tasks.Total);
        Assert.Equal(JobStatus.Queued, _farm.Job(uuid).Status);
    }

    [Fact]
    public async Task Reclaiming_takes_tasks_from_all_workers()
    {
        var (id, uuid) = await ProjectAsync(30);
        var worker = await _farm.AwakeAsync("node");
        for (var i = 0; i < 30; i += 3)
        {
            await _farm.Store.WriteAsync(tx =>
                _farm.Transitions.HandOut(tx, TaskTable.ByNumber(tx.Db, id, i)!, worker));
        }

        Assert.Equal(10, await _maintenance.ReclaimAsync(_admin, id));
        Invariants.Check(_farm.Store);
        Assert.Equal((30, 0), (_farm.Job(uuid).Tasks.Queued, _farm.Job(uuid).Tasks.Active));
        Assert.Equal(10, _farm.Number("SELECT count(*) FROM attempts WHERE outcome = 5 AND ended_at IS NOT NULL"));
    }

    [Fact]
    public async Task Tasks_submitted_during_a_hard_reset_are_kept()
    {
        var (id, uuid) = await ProjectAsync(40);
        var reset = _maintenance.HardResetAsync(_admin, id);
        // The first slice is under way.
        await _farm.AddTasksAsync(uuid, "recipe", 0, 2);
        Assert.Equal(40, await reset);
        Invariants.Check(_farm.Store);
        Assert.Equal((40, 2), (_farm.Job(uuid).Tasks.Canceled, _farm.Job(uuid).Tasks.Queued));
    }

    [Fact]
    public async Task Reset_tasks_of_a_paused_project_are_paused()
    {
        var (id, uuid) = await ProjectAsync(3);
        await BecomeAsync(id, 0, TaskStatus.Failed);
        await _farm.Jobs.SetStatusAsync(Caller.Farm, uuid, JobStatus.PauseRequested, "test");
        Assert.Equal(JobStatus.Paused, _farm.Job(uuid).Status);
        Assert.Equal(1, await _maintenance.ResetFailedAsync(_admin, id));
        Invariants.Check(_farm.Store);
        Assert.Equal((3, JobStatus.Paused), (_farm.Job(uuid).Tasks.Paused, _farm.Job(uuid).Status));
    }

    [Fact]
    public async Task Updating_a_project_resets_its_rate_limits()
    {
        var (id, _) = await ProjectAsync(0);
        await _control.UpdateAsync(_admin, id, new() { Name = "shot", SubmitRate = 1, AssignRate = 1 });
        var project = _farm.Store.Read(db => ProjectTable.ById(db, id))!;
        await _farm.Store.WriteAsync(tx =>
        {
            _farm.Tracker.Rates.Submitted(tx, project, 5);
            _farm.Tracker.Rates.Assigned(tx, project);
        });
        Assert.Equal((5, 1), await WaitsAsync(project));

        await _control.UpdateAsync(_admin, id, project.Details with { Motd = "new" });

        Assert.Equal((null, null), await WaitsAsync(project));
    }

    private Task<(double? Submit, double? Assign)> WaitsAsync(Project project) => _farm.Store.WriteAsync(
        tx => (_farm.Tracker.Rates.SubmitWait(tx, project)?.TotalSeconds, _farm.Tracker.Rates.AssignWait(tx, project)?.TotalSeconds));

    [Fact]
    public async Task A_reset_clears_retries_but_not_verifications()
    {
        var (id, _) = await ProjectAsync(0);
        var (one, two) = (await _farm.Tracker.WorkerAsync("one", id), await _farm.Tracker.WorkerAsync("two", id));
        await _farm.Tracker.SubmitAsync(one, id, maxRetries: 2, verifications: 2, hash: 7);
        await _farm.Tracker.ReleaseAsync(one, (await _farm.Tracker.TakeAsync(one, id))!, verification: 5);
        for (var i = 0; i < 2; i++) await _farm.Tracker.ReleaseAsync(two, (await _farm.Tracker.TakeAsync(two, id))!, ReleaseResult.Fail);

        Assert.Equal(1, await _maintenance.ResetFailedAsync(_admin, id));

        Invariants.Check(_farm.Store);
        Assert.Null(await _farm.Tracker.TakeAsync(one, id));
        Assert.Equal(0, (await _farm.Tracker.TakeAsync(two, id))!.Held.Recipe.Retries);
        Assert.Equal(1, (await _farm.Tracker.SubmitAsync(one, id, hash: 7)).Skipped);
    }

    [Fact]
    public async Task A_hard_reset_frees_hashes_and_discards_verifications()
    {
        var (id, _) = await ProjectAsync(0);
        var one = await _farm.Tracker.WorkerAsync("one", id);
        await _farm.Tracker.SubmitAsync(one, id, verifications: 2, hash: 7);
        await _farm.Tracker.ReleaseAsync(one, (await _farm.Tracker.TakeAsync(one, id))!, verification: 5);

        Assert.Equal(1, await _maintenance.HardResetAsync(_admin, id));

        Invariants.Check(_farm.Store);
        Assert.Empty(_farm.Store.Read(RecipeVoteTable.Awaiting));
        Assert.Equal(0, (await _farm.Tracker.SubmitAsync(one, id, hash: 7)).Skipped);
        Assert.NotNull(await _farm.Tracker.TakeAsync(one, id));
    }

    public async Task InitializeAsync() => _admin = new Caller(Role.Administrator, "127.0.0.1", await _farm.Store.WriteAsync(tx =>
        AccountTable.ById(tx.Db, AccountTable.Insert(tx.Db, Guid.CreateVersion7(), "admin", "-", true, Role.Administrator, tx.Now))!));

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _temporary.Dispose();
    }

    private async Task<(long Id, Guid Uuid)> ProjectAsync(int tasks)
    {
        var id = await _control.CreateAsync(_admin, new() { Name = "shot" });
        var uuid = _farm.Store.Read(db => JobTable.ById(db, id)!.Uuid);
        if (tasks > 0) await _farm.AddTasksAsync(uuid, "recipe", 0, tasks);
        return (id, uuid);
    }

    private Task BecomeAsync(long id, int task, TaskStatus status) => _farm.Store.WriteAsync(tx =>
    {
        if (TaskTable.ByNumber(tx.Db, id, task) is { } present && present.Status != status)
            _farm.Transitions.Apply(tx, present, new TaskChange(status, TaskCause.Job));
    });
}
