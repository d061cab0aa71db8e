using Farm.Server.Domain.Workers;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Operations;

/// <summary>The clock of the server is set while workers have tasks.</summary>
public sealed class ClockJumpTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTime _steady = new();
    private readonly JumpingTime _time;

    public ClockJumpTests() => _time = new JumpingTime(_steady);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_clock_that_is_set_forward_takes_no_task_from_a_worker_that_is_well()
    {
        await using var farm = new StoreFarm(_directory.Path, _time);
        var job = await farm.SubmitAsync("misc:1");
        var worker = await farm.AwakeAsync("well");
        await farm.TakeAsync(worker);
        _steady.Advance(20 * Minute);
        farm.Heartbeats.WorkerSeen(worker.Id);
        farm.Heartbeats.TaskTouched(farm.Task(job, 0).Id);
        await farm.Heartbeats.FlushAsync();
        _time.Jump(TimeSpan.FromHours(2));
        await farm.Timeouts.CheckAsync();
        Assert.Equal((WorkerStatus.Awake, TaskStatus.Active), (Status(farm, worker), farm.Task(job, 0).Status));
    }

    [Fact]
    public async Task A_worker_that_falls_silent_before_the_clock_is_set_back_is_noticed_in_its_timeout()
    {
        FarmWorker silent, returning;
        Guid job;
        _time.Jump(TimeSpan.FromHours(5));
        await using (var before = new StoreFarm(_directory.Path, _time))
        {
            job = await before.SubmitAsync("misc:2");
            (silent, returning) = (await before.AwakeAsync("silent"), await before.AwakeAsync("returning"));
            await before.TakeAsync(silent);
            await before.TakeAsync(returning);
            before.Heartbeats.WorkerSeen(silent.Id);
            before.Heartbeats.WorkerSeen(returning.Id);
            await before.Heartbeats.FlushAsync();
        }

        _time.Jump(TimeSpan.FromHours(-5));
        await using var farm = new StoreFarm(_directory.Path, _time);
        _steady.Advance(Minute);
        farm.Heartbeats.WorkerSeen(returning.Id);
        await farm.Timeouts.CheckAsync();
        Assert.Equal((WorkerStatus.Error, WorkerStatus.Awake), (Status(farm, silent), Status(farm, returning)));
        Assert.Equal((TaskStatus.Queued, TaskStatus.Active), (farm.Task(job, 0).Status, farm.Task(job, 1).Status));
    }

    [Fact]
    public async Task A_task_that_nobody_updates_after_the_clock_was_set_back_times_out()
    {
        FarmWorker stuck;
        Guid job;
        _time.Jump(TimeSpan.FromHours(5));
        await using (var before = new StoreFarm(_directory.Path, _time))
        {
            job = await before.SubmitAsync("misc:1");
            stuck = await before.AwakeAsync("stuck");
            await before.TakeAsync(stuck);
        }

        _time.Jump(TimeSpan.FromHours(-5));
        await using var farm = new StoreFarm(_directory.Path, _time);
        for (var minute = 1; minute <= 10; minute++)
        {
            Assert.Equal(TaskStatus.Active, farm.Task(job, 0).Status);
            _steady.Advance(Minute);
            farm.Heartbeats.WorkerSeen(stuck.Id);
            await farm.Timeouts.CheckAsync();
        }

        Assert.Equal((TaskStatus.Queued, WorkerStatus.Awake), (farm.Task(job, 0).Status, Status(farm, stuck)));
    }

    [Fact]
    public async Task Checks_go_on_after_the_clock_was_set_back()
    {
        await using var farm = await TestFarm.StartAsync(clock: _time);
        var worker = await farm.AwakeAsync();
        _time.Jump(TimeSpan.FromHours(-5));
        // Each request gives the farm time to do what is due.
        for (var second = 1; second <= 3600; second++)
        {
            _steady.Advance(TimeSpan.FromSeconds(1));
            if ((string)(await farm.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}"))["status"]! == "error") return;
        }

        Assert.Fail("an hour after the clock was set back, a silent worker was not noticed");
    }

    private static WorkerStatus Status(StoreFarm farm, FarmWorker worker) => farm.Store.Read(db => WorkerTable.ById(db, worker.Id))!.Status;
}
