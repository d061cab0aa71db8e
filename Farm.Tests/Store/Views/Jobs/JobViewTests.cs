using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Views;
using Farm.Server.Store.Views.Farm;
using Farm.Server.Store.Views.Jobs;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Views.Jobs;

/// <summary>Jobs as the dashboard and protocols read them, and how jobs being deleted are hidden.</summary>
public sealed class JobViewTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();
    private readonly StoreFarm _farm;

    public JobViewTests() => _farm = new StoreFarm(_directory["farm"], _time);

    [Fact]
    public async Task The_newest_image_never_belongs_to_a_job_being_deleted()
    {
        var (older, newer) = (await WithImageAsync(), await WithImageAsync());
        Assert.Equal(newer, LastRendered());
        await DeleteAsync(newer);
        Assert.Equal(older, LastRendered());
        await DeleteAsync(older);
        Assert.Null(LastRendered());
    }

    [Fact]
    public async Task Of_images_with_equal_times_the_newer_jobs_image_wins()
    {
        var (one, two) = (await _farm.SubmitAsync("misc:1"), await _farm.SubmitAsync("misc:1"));
        foreach (var job in new[] { two, one }) await _farm.Store.WriteAsync(tx => JobTable.SetLastRendered(tx.Db, job, 5));
        Assert.Equal(two, LastRendered());
    }

    [Fact]
    public async Task Jobs_being_deleted_are_left_out_of_lists_and_counts_and_flagged_when_found_by_id()
    {
        var (kept, gone) = (await _farm.SubmitAsync("misc:2"), await _farm.SubmitAsync("misc:3"));
        await DeleteAsync(gone);
        _farm.Store.Read(db =>
        {
            var all = new ListFilter(0, 10, ListFilter.AnyStatus, null);
            Assert.Equal([kept], JobListView.Page(db, all, JobListSort.Name, descending: false).Select(job => job.Uuid));
            Assert.Equal(1, JobListView.Count(db, all));
            Assert.Null(JobListView.Find(db, gone));
            Assert.Equal([kept], JobView.After(db, 0, 10, withDeleted: false).Select(job => job.Uuid));
            Assert.Equal([kept, gone], JobView.After(db, 0, 10, withDeleted: true).Select(job => job.Uuid));
            Assert.True(JobView.Find(db, gone)!.IsBeingDeleted);
            Assert.False(JobView.Find(db, kept)!.IsBeingDeleted);
            var counts = Assert.Single(FarmCountsView.Jobs(db));
            Assert.Equal((JobStatus.Queued, 1, 2L), (counts.Status, counts.Jobs, counts.Tasks.Queued));
            return true;
        });
    }

    [Fact]
    public async Task Jobs_are_found_by_id_and_unknown_ids_are_ignored()
    {
        var jobs = new[] { await _farm.SubmitAsync("misc:1"), await _farm.SubmitAsync("misc:1"), await _farm.SubmitAsync("misc:1") };
        var found = _farm.Store.Read(db => JobView.Find(db, [jobs[2], Guid.NewGuid(), jobs[0], jobs[0]]));
        Assert.Equal(new[] { jobs[0], jobs[2] }.Order(), found.Keys.Order());
        Assert.Empty(_farm.Store.Read(db => JobView.Find(db, [])));
    }

    [Fact]
    public async Task Task_totals_are_per_job()
    {
        var worker = await _farm.AwakeAsync("node");
        var (begun, waits) = (await _farm.SubmitAsync("misc:2", priority: 60), await _farm.SubmitAsync("misc:1"));
        _time.Advance(TimeSpan.FromSeconds(1));
        var started = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var task = await _farm.TakeAsync(worker);
        await _farm.ReportAsync(worker, task, TaskStatus.Completed);
        var (a, b) = (_farm.Job(begun).Id, _farm.Job(waits).Id);
        var totals = _farm.Store.Read(db => JobView.Totals(db, [a, b]));
        Assert.Equal(new JobTotals(a, 0, started, started), totals[a]);
        Assert.Equal(new JobTotals(b, 0, null, null), totals[b]);
    }

    [Fact]
    public async Task Each_status_counter_comes_from_its_own_column()
    {
        var job = await _farm.SubmitAsync("misc:1");
        await _farm.Store.WriteAsync(tx => tx.Db.Execute(
            """
            UPDATE jobs SET tasks_queued = 1, tasks_soft_failed = 2, tasks_pended = 3, tasks_active = 4, tasks_paused = 5, tasks_completed = 6,
              tasks_failed = 7, tasks_canceled = 8
            """));
        Assert.Equal(new TaskCounts(1, 2, 3, 4, 5, 6, 7, 8), _farm.Store.Read(db => JobView.Find(db, job))!.Tasks);
    }

    [Fact]
    public async Task Blocked_workers_are_listed_in_order_of_registration()
    {
        var job = await _farm.SubmitAsync("misc:1");
        var workers = new List<FarmWorker> { await _farm.AwakeAsync("z"), await _farm.AwakeAsync("a") };
        await _farm.Store.WriteAsync(tx =>
        {
            foreach (var worker in Enumerable.Reverse(workers)) Server.Store.Tables.Tasks.FailureTable.Block(tx.Db, 1, worker.Id, "misc", tx.Now);
        });
        Assert.Equal(
            [new BlockedWorker(workers[0].Uuid, "z", "misc"), new BlockedWorker(workers[1].Uuid, "a", "misc")],
            _farm.Store.Read(db => BlocklistView.OfJob(db, _farm.Job(job).Id)));
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private Guid? LastRendered() => _farm.Store.Read(JobView.LastRendered)?.Uuid;

    private async Task<Guid> WithImageAsync()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var job = await _farm.SubmitAsync("misc:1");
        await _farm.Store.WriteAsync(tx => JobTable.SetLastRendered(tx.Db, job, tx.Now));
        return job;
    }

    private Task DeleteAsync(Guid job) => _farm.Jobs.DeleteAsync(Caller.Farm, job);
}
