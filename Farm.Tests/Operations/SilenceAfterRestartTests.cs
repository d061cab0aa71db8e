using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Operations;

/// <summary>Workers and tasks that are silent after a restart of the server, however long it was away.</summary>
public sealed class SilenceAfterRestartTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_silent_worker_is_noticed_in_its_own_timeout_and_one_that_returns_keeps_its_task()
    {
        FarmWorker silent, returning;
        Guid job;
        await using (var before = new StoreFarm(_directory.Path, _time))
        {
            job = await before.SubmitAsync("misc:2");
            (silent, returning) = (await before.AwakeAsync("silent"), await before.AwakeAsync("returning"));
            await before.TakeAsync(silent);
            await before.TakeAsync(returning);
        }

        _time.Advance(TimeSpan.FromHours(8));
        await using var farm = new StoreFarm(_directory.Path, _time);
        _time.Advance(TimeSpan.FromSeconds(59));
        farm.Heartbeats.WorkerSeen(returning.Id);
        await farm.Timeouts.CheckAsync();
        Assert.Equal((WorkerStatus.Awake, WorkerStatus.Awake), (Status(farm, silent), Status(farm, returning)));

        _time.Advance(TimeSpan.FromSeconds(1));
        await farm.Timeouts.CheckAsync();
        Assert.Equal((WorkerStatus.Error, WorkerStatus.Awake), (Status(farm, silent), Status(farm, returning)));
        Assert.Equal((TaskStatus.Queued, TaskStatus.Active), (farm.Task(job, 0).Status, farm.Task(job, 1).Status));
    }

    [Fact]
    public async Task A_task_has_its_own_timeout_after_a_restart()
    {
        FarmWorker worker;
        Guid job;
        await using (var before = new StoreFarm(_directory.Path, _time))
        {
            job = await before.SubmitAsync("misc:1");
            worker = await before.AwakeAsync("stuck");
            await before.TakeAsync(worker);
        }

        _time.Advance(TimeSpan.FromHours(8));
        await using var farm = new StoreFarm(_directory.Path, _time);
        for (var minute = 1; minute <= 10; minute++)
        {
            Assert.Equal(TaskStatus.Active, farm.Task(job, 0).Status);
            _time.Advance(Minute);
            farm.Heartbeats.WorkerSeen(worker.Id);
            await farm.Timeouts.CheckAsync();
        }

        Assert.Equal((TaskStatus.Queued, WorkerStatus.Awake), (farm.Task(job, 0).Status, Status(farm, worker)));
    }

    private static WorkerStatus Status(StoreFarm farm, FarmWorker worker) => farm.Store.Read(db => WorkerTable.ById(db, worker.Id))!.Status;
}
