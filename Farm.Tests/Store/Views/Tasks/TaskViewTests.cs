using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views.Tasks;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Views.Tasks;

/// <summary>Tasks as the dashboard and protocols read them.</summary>
public sealed class TaskViewTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public TaskViewTests() => _farm = new StoreFarm(_directory["farm"]);

    [Fact]
    public async Task Workers_that_failed_a_task_are_sorted_by_case_insensitive_name_then_registration()
    {
        var job = await _farm.SubmitAsync("misc:1");
        var task = _farm.Task(job, 0);
        var workers = new[] { await _farm.AwakeAsync("beta"), await _farm.AwakeAsync("Alpha"), await _farm.AwakeAsync("alpha"), await _farm.AwakeAsync("Ärger") };
        await _farm.Store.WriteAsync(tx =>
        {
            foreach (var worker in workers) FailureTable.Insert(tx.Db, task.Id, worker.Id, task.JobId, "misc");
        });
        var found = _farm.Store.Read(db => TaskView.Find(db, task.Uuid))!;
        Assert.Equal([workers[1].Uuid, workers[2].Uuid, workers[0].Uuid, workers[3].Uuid], found.FailedBy.Select(worker => worker.Uuid));
        Assert.Equal(new WorkerName(workers[0].Uuid, "beta", "127.0.0.1"), found.FailedBy[2]);
        Assert.Equal(4, found.Failures);
    }

    [Fact]
    public async Task A_task_has_the_same_row_in_every_list()
    {
        var job = await _farm.SubmitAsync("misc:3");
        var worker = await _farm.AwakeAsync("node");
        var task = await _farm.TakeAsync(worker);
        var id = _farm.Job(job).Id;
        _farm.Store.Read(db =>
        {
            var row = TaskView.At(db, id, 0)!;
            Assert.Equal(
                (task.Uuid, job, 0, TaskStatus.Active, new WorkerName(worker.Uuid, "node", "127.0.0.1")),
                (row.Uuid, row.JobUuid, row.Index, row.Status, row.Worker!));
            Assert.Equal(row, TaskView.OfJob(db, id, -1, 10)[0]);
            Assert.Equal(row, WorkerTaskListView.Page(db, worker.Id, 0, 10)[0]);
            var summary = TaskView.SummariesOfJob(db, id, -1, 10)[0];
            Assert.Equal(
                (row.Id, row.Uuid, row.Index, row.Name, row.Type, row.Status, row.Activity, row.UpdatedAt, row.Worker),
                (summary.Id, summary.Uuid, summary.Index, summary.Name, summary.Type, summary.Status, summary.Activity, summary.UpdatedAt, summary.Worker));
            Assert.Equal((row.StepsCompleted, row.StepsTotal, row.Priority), (summary.StepsCompleted, summary.StepsTotal, summary.Priority));
            Assert.Equal([1, 2], TaskView.OfJob(db, id, 0, 10).Select(other => other.Index));
            Assert.Null(TaskView.At(db, id, 1)!.Worker);
            Assert.Null(TaskView.At(db, id, 3));
            return true;
        });
    }

    [Fact]
    public async Task A_log_has_its_size_in_bytes_and_its_chunks_in_order()
    {
        var job = await _farm.SubmitAsync("misc:1");
        var task = _farm.Task(job, 0);
        var place = _farm.Store.Read(db => TaskLogView.Find(db, task.Uuid))!;
        Assert.Equal(new StoredTaskLog(task.Id, job, 0), place);
        await _farm.Store.WriteAsync(tx =>
        {
            foreach (var text in new[] { "ä\n", "b\n" }) TaskLogTable.Append(tx.Db, task.Id, null, text);
        });
        Assert.Equal(5, _farm.Store.Read(db => TaskLogView.Find(db, task.Uuid))!.Size);
        var first = Assert.Single(_farm.Store.Read(db => TaskLogView.After(db, task.Id, 0, 1)));
        Assert.Equal("ä\n", first.Text);
        Assert.Equal("b\n", Assert.Single(_farm.Store.Read(db => TaskLogView.After(db, task.Id, first.Id, 9))).Text);
        Assert.Null(_farm.Store.Read(db => TaskLogView.Find(db, Guid.NewGuid())));
    }

    [Fact]
    public async Task A_task_still_shows_the_name_of_a_removed_worker()
    {
        var job = await _farm.SubmitAsync("misc:1");
        var worker = await _farm.AwakeAsync("gone");
        await _farm.ReportAsync(worker, await _farm.TakeAsync(worker), TaskStatus.Completed);
        await _farm.Store.WriteAsync(tx => WorkerTable.Remove(tx.Db, worker.Id, tx.Now));
        Assert.Equal("gone", _farm.Store.Read(db => TaskView.At(db, _farm.Job(job).Id, 0))!.Worker!.Name);
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }
}
