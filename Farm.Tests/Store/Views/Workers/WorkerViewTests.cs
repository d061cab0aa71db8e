using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views;
using Farm.Server.Store.Views.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Views.Workers;

/// <summary>Workers with their types, tags and tasks.</summary>
public sealed class WorkerViewTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public WorkerViewTests() => _farm = new StoreFarm(_directory["farm"]);

    [Fact]
    public async Task Each_worker_has_its_own_types_and_tags()
    {
        var (one, two, three) = (await _farm.AwakeAsync("one", "b", "a"), await _farm.AwakeAsync("two", "c"), await _farm.AwakeAsync("three", "a"));
        var (blue, red) = (Guid.NewGuid(), Guid.NewGuid());
        await _farm.Store.WriteAsync(tx =>
        {
            TagTable.Insert(tx.Db, red, "red", "warm");
            TagTable.Insert(tx.Db, blue, "Blue", "");
            TagTable.SetOfWorker(tx.Db, one.Id, [red, blue]);
            TagTable.SetOfWorker(tx.Db, three.Id, [red]);
        });
        var rows = _farm.Store.Read(WorkerView.AllRows);
        Assert.Equal([one.Uuid, two.Uuid, three.Uuid], rows.Select(row => row.Worker.Uuid));
        Assert.Equal(["a", "b"], rows[0].TaskTypes);
        Assert.Equal(["c"], rows[1].TaskTypes);
        Assert.Equal([new WorkerTag(blue, "Blue", ""), new WorkerTag(red, "red", "warm")], rows[0].Tags);
        Assert.Empty(rows[1].Tags);
        Assert.Equal([new WorkerTag(red, "red", "warm")], rows[2].Tags);
        Assert.Equal(rows[0].Tags, _farm.Store.Read(db => WorkerView.Find(db, one.Uuid))!.Tags);
    }

    [Fact]
    public async Task A_workers_task_is_its_current_one_or_else_its_last()
    {
        await _farm.SubmitAsync("misc:3");
        var (busy, done, idle) = (await _farm.AwakeAsync("busy"), await _farm.AwakeAsync("done"), await _farm.AwakeAsync("idle"));
        var first = await _farm.TakeAsync(busy);
        await _farm.ReportAsync(busy, first, TaskStatus.Completed);
        var held = await _farm.TakeAsync(busy);
        var last = await _farm.TakeAsync(done);
        await _farm.ReportAsync(done, last, TaskStatus.Completed);
        var rows = _farm.Store.Read(WorkerView.AllRows);
        Assert.Equal([held.Uuid, last.Uuid, null], rows.Select(row => row.Task?.Uuid));
        Assert.Equal([held.Uuid, null, null], rows.Select(row => row.CurrentTask?.Uuid));
        Assert.Equal(idle.Uuid, rows[2].Worker.Uuid);
    }

    [Fact]
    public async Task A_task_taken_over_by_another_worker_is_not_the_first_ones_current_task()
    {
        await _farm.SubmitAsync("misc:1");
        var (first, second) = (await _farm.AwakeAsync("first"), await _farm.AwakeAsync("second"));
        var task = await _farm.TakeAsync(first);
        await _farm.Presence.SignOffAsync(first.Id);
        Assert.Equal(task.Uuid, (await _farm.TakeAsync(second)).Uuid);
        var rows = _farm.Store.Read(WorkerView.AllRows);
        Assert.Equal([task.Uuid, task.Uuid], rows.Select(row => row.Task?.Uuid));
        Assert.Equal([null, task.Uuid], rows.Select(row => row.CurrentTask?.Uuid));
    }

    [Fact]
    public async Task The_worker_list_matches_the_worker_table()
    {
        var worker = await _farm.AwakeAsync("node");
        await _farm.Store.WriteAsync(tx => WorkerTable.SetStatus(
            tx.Db, worker.Id, WorkerStatus.Error, new StatusRequest(WorkerStatus.Asleep, Lazy: true), WorkerStatus.Awake, tx.Now));
        var stored = _farm.Store.Read(db => WorkerTable.ById(db, worker.Id))!;
        Assert.Equal((WorkerStatus.Error, WorkerStatus.Awake), (stored.Status, stored.TimedOutFrom));
        Assert.Equal(new StatusRequest(WorkerStatus.Asleep, Lazy: true), stored.Request);
        var filter = new ListFilter(0, 10, ListFilter.AnyStatus, null);
        Assert.Equal([stored], _farm.Store.Read(db => WorkerListView.Page(db, filter, WorkerListSort.Name, false)).Select(row => row.Worker));
        Assert.Equal([stored], _farm.Store.Read(WorkerView.All));
    }

    [Fact]
    public async Task A_removed_worker_appears_in_no_list()
    {
        var worker = await _farm.AwakeAsync("node");
        await _farm.Store.WriteAsync(tx => WorkerTable.Remove(tx.Db, worker.Id, tx.Now));
        Assert.Empty(_farm.Store.Read(WorkerView.AllRows));
        Assert.Null(_farm.Store.Read(db => WorkerView.Find(db, worker.Uuid)));
        Assert.Equal(0, _farm.Store.Read(db => WorkerListView.Count(db, new ListFilter(0, 10, ListFilter.AnyStatus, null))));
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }
}
