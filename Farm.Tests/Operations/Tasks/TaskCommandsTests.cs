using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Tasks;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Tasks;

/// <summary>Commands to more tasks than fit in one transaction (three in these tests).</summary>
public sealed class TaskCommandsTests : IAsyncDisposableTest
{
    private const int Slice = 3;

    private readonly TemporaryDirectory _data = new();
    private readonly StoreFarm _farm;

    public TaskCommandsTests() => _farm = new StoreFarm(_data["farm"], slice: Slice);

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _data.Dispose();
    }

    public static TheoryData<string> Names => [.. Enum.GetNames<TaskCommand>()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_command_has_the_same_effect_in_slices(string name)
    {
        var command = Enum.Parse<TaskCommand>(name);
        var worker = await _farm.AwakeAsync("w");
        var job = await _farm.SubmitAsync("misc:10");
        var held = await _farm.TakeAsync(worker);
        foreach (var (index, status) in new[] { (1, TaskStatus.Paused), (2, TaskStatus.Completed), (3, TaskStatus.Canceled), (7, TaskStatus.Completed) })
            await _farm.Tasks.SetStatusAsync(Caller.Farm, _farm.Task(job, index).Uuid, status, "test");
        await _farm.Commands.ApplyAsync(Caller.Farm, job, [4, 5], TaskCommand.Fail);
        await _farm.Commands.ApplyAsync(Caller.Farm, job, [6], TaskCommand.Pend);
        var expected = Statuses(job).Select(status => command.Becomes(status) ?? status).ToList();

        await _farm.Commands.ApplyAsync(Caller.Farm, job, null, command);

        Assert.Equal(expected, Statuses(job));
        Invariants.Check(_farm.Store);
        if (command.Becomes(TaskStatus.Active) is not null)
            Assert.Equal(ReportVerdict.NotCurrent, await _farm.ReportAsync(worker, held, TaskStatus.Completed));
    }

    [Fact]
    public async Task The_job_changes_status_after_the_last_slice()
    {
        var job = await _farm.SubmitAsync("misc:10");

        await _farm.Commands.ApplyAsync(Caller.Farm, job, null, TaskCommand.Suspend);
        Assert.Equal(JobStatus.Paused, _farm.Job(job).Status);

        await _farm.Commands.ApplyAsync(Caller.Farm, job, null, TaskCommand.Complete);
        Assert.Equal(JobStatus.Completed, _farm.Job(job).Status);

        await _farm.Commands.ApplyAsync(Caller.Farm, job, null, TaskCommand.Requeue);
        Assert.Equal(JobStatus.Queued, _farm.Job(job).Status);
    }

    [Fact]
    public async Task A_long_list_changes_only_the_listed_tasks()
    {
        var job = await _farm.SubmitAsync("misc:10");

        await _farm.Commands.ApplyAsync(Caller.Farm, job, [9, 0, 1, 2, 3, 5, 9], TaskCommand.Suspend);

        Assert.Equal([0, 1, 2, 3, 5, 9], Statuses(job).Index().Where(task => task.Item == TaskStatus.Paused).Select(task => task.Index));
        Invariants.Check(_farm.Store);
    }

    [Fact]
    public async Task An_index_out_of_range_changes_nothing()
    {
        var job = await _farm.SubmitAsync("misc:10");

        var refusal = await Assert.ThrowsAsync<FarmException>(() => _farm.Commands.ApplyAsync(Caller.Farm, job, [0, 1, 2, 3, 10], TaskCommand.Suspend));

        Assert.Equal(ErrorKind.Invalid, refusal.Kind);
        Assert.All(Statuses(job), status => Assert.Equal(TaskStatus.Queued, status));
    }

    [Fact]
    public async Task Commands_are_rejected_during_a_bulk_update()
    {
        var job = await _farm.SubmitAsync("misc:10");
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, JobStatus.CancelRequested, "test");

        var refusal = await Assert.ThrowsAsync<FarmException>(() => _farm.Commands.ApplyAsync(Caller.Farm, job, [0], TaskCommand.Complete));

        Assert.Equal(ErrorKind.Conflict, refusal.Kind);
        await _farm.BulkUpdates.DrainAsync();
        await _farm.Commands.ApplyAsync(Caller.Farm, job, [0], TaskCommand.Complete);
        Assert.Equal(JobStatus.Canceled, _farm.Job(job).Status);
    }

    [Fact]
    public void Slices_have_each_index_once_and_respect_the_size_limit()
    {
        var slices = TaskRange.Slices([5, 4, 4, 9, 0, 1, 2], 10, Slice);

        Assert.All(slices, slice => Assert.InRange(slice.Sum(range => range.Count), 1, Slice));
        Assert.Equal([0, 1, 2, 4, 5, 9], slices.SelectMany(slice => slice).SelectMany(range => Enumerable.Range(range.First, range.Count)));
        Assert.Equal(4, TaskRange.Slices(null, 10, Slice).Count);
    }

    private List<TaskStatus> Statuses(Guid job) => [.. Enumerable.Range(0, 10).Select(index => _farm.Task(job, index).Status)];
}
