using System.Text;
using Farm.Server.Domain.Access;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Tasks;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Tables.Tasks;

/// <summary>A line that many tasks share is stored once and read as a line of each of them.</summary>
public sealed class SharedLogLineTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _temporary = new();
    private StoreFarm _farm = null!;

    public Task InitializeAsync()
    {
        _farm = new StoreFarm(_temporary["farm"]);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _farm.DisposeAsync();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Each_of_many_tasks_has_the_line_and_no_other_task_has_it()
    {
        var job = _farm.Job(await _farm.SubmitAsync("misc:3000"));
        var other = _farm.Job(await _farm.SubmitAsync("misc:3000"));
        await AppendAsync(job.Id, index => index is not (0 or 7 or 2999), "shared\n");

        foreach (var index in new[] { 0, 7, 2999 }) Assert.Equal("", Log(job.Uuid, index));
        foreach (var index in new[] { 1, 6, 8, 1023, 1024, 1025, 1031, 1032, 1033, 2998 }) Assert.Equal("shared\n", Log(job.Uuid, index));
        Assert.Equal("", Log(other.Uuid, 1));
        Assert.Equal(1, Count("SELECT count(*) FROM task_logs"));
    }

    [Fact]
    public async Task Shared_lines_stand_among_the_lines_of_a_task_in_the_order_of_writing()
    {
        var job = _farm.Job(await _farm.SubmitAsync("misc:2"));
        var task = _farm.Task(job.Uuid, 1);
        for (var i = 0; i < 120; i += 2)
        {
            var (own, shared) = ($"{i}\n", $"{i + 1}\n");
            await _farm.Store.WriteAsync(tx => TaskLogTable.Append(tx.Db, task.Id, null, own));
            await AppendAsync(job.Id, _ => true, shared);
        }

        var whole = string.Concat(Enumerable.Range(0, 120).Select(i => $"{i}\n"));
        Assert.Equal(whole, Log(job.Uuid, 1));
        Assert.Equal(whole.Length, _farm.Store.Read(db => TaskLogView.Size(db, task.Id)));
        Assert.Equal(whole.Length, _farm.Store.Read(db => TaskLogView.Find(db, task.Uuid))!.Size);
        Assert.Equal(whole, Tail(task.Id, whole.Length));
        Assert.Equal("118\n119\n", Tail(task.Id, 8));
        var tenth = _farm.Store.Read(db => TaskLogView.After(db, task.Id, 0, 10))[^1];
        Assert.Equal("9\n", tenth.Text);
        Assert.Equal("10\n", Assert.Single(_farm.Store.Read(db => TaskLogView.After(db, task.Id, tenth.Id, 1))).Text);
    }

    [Fact]
    public async Task A_deleted_job_leaves_no_shared_line_behind()
    {
        var job = _farm.Job(await _farm.SubmitAsync("misc:3000"));
        await AppendAsync(job.Id, index => index % 2 == 0, "even\n");
        await AppendAsync(job.Id, _ => true, "all\n");

        await _farm.Jobs.DeleteAsync(Caller.Farm, job.Uuid);
        await _farm.BulkUpdates.DrainAsync();

        Assert.Equal(0, Count("SELECT count(*) FROM task_logs"));
        Assert.Equal(0, Count("SELECT count(*) FROM task_log_ranges"));
        Invariants.Check(_farm.Store);
    }

    private Task AppendAsync(long job, Func<long, bool> chosen, string text) => _farm.Store.WriteAsync(tx =>
        TaskLogTable.AppendShared(tx.Db, job, [.. TaskSliceTable.Tasks(tx.Db, job, 0, long.MaxValue).Where(task => chosen(task.Index)).Reverse()], text));

    private string Log(Guid job, int index)
    {
        var task = _farm.Task(job, index).Id;
        return string.Concat(_farm.Store.Read(db => TaskLogView.After(db, task, 0, 1000)).Select(piece => piece.Text));
    }

    private string Tail(long task, int bytes) => Encoding.UTF8.GetString(_farm.Store.Read(db => TaskLogView.Tail(db, task, bytes))!);

    private long Count(string sql) => _farm.Store.Read(db => db.Number(sql));
}
