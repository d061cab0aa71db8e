using Farm.Server.Operations;
using Farm.Server.Operations.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Workers and tasks that fall silent (Contracts/Flamenco/Contract.md sections 4.5 and 12.1).</summary>
public sealed class TimeoutTests
{
    [Fact]
    public async Task A_silent_worker_goes_into_error_loses_its_task_and_is_revived_at_its_next_request()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        await worker.TakeAsync();
        await PassAsync(farm, TimeSpan.FromMinutes(6));
        Assert.Equal("error", await StatusOfAsync(farm, worker));
        Assert.Equal("queued", (string)(await farm.TasksAsync(job))[0]["status"]!);

        Assert.Equal("""{"status_requested":"awake"}""", (await worker.ScheduleAsync().IsJsonAsync(423)).ToJsonString());
        await worker.BecomeAsync("awake").IsEmptyAsync();
        Assert.Equal("awake", await StatusOfAsync(farm, worker));
        await worker.ScheduleAsync().IsJsonAsync();
    }

    [Fact]
    public async Task A_sleeping_worker_that_timed_out_is_revived_asleep()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await worker.BecomeAsync("asleep");
        await PassAsync(farm, TimeSpan.FromMinutes(6));
        Assert.Equal("error", await StatusOfAsync(farm, worker));
        Assert.Equal("""{"status_requested":"asleep"}""", (await worker.StateAsync().IsJsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_worker_that_reported_an_error_is_not_revived()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await worker.BecomeAsync("error");
        await PassAsync(farm, TimeSpan.FromMinutes(6));
        await worker.ScheduleAsync().IsRefusedAsync(409);
    }

    [Fact]
    public async Task Without_a_worker_timeout_only_tasks_time_out()
    {
        await using var farm = await TestFarm.StartAsync(new FarmLimits { WorkerTimeout = TimeSpan.Zero });
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        await worker.TakeAsync();
        await PassAsync(farm, TimeSpan.FromMinutes(6));
        Assert.Equal(("awake", "active"), (await StatusOfAsync(farm, worker), (string)(await farm.TasksAsync(job))[0]["status"]!));
        await PassAsync(farm, TimeSpan.FromMinutes(6));
        Assert.Equal(("awake", "queued"), (await StatusOfAsync(farm, worker), (string)(await farm.TasksAsync(job))[0]["status"]!));
    }

    [Fact]
    public async Task A_worker_that_is_silent_from_the_start_of_the_server_is_noticed_after_its_timeout()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await PassAsync(farm, TimeSpan.FromSeconds(59));
        Assert.Equal("awake", await StatusOfAsync(farm, worker));
        await PassAsync(farm, TimeSpan.FromSeconds(2));
        Assert.Equal("error", await StatusOfAsync(farm, worker));
    }

    [Fact]
    public async Task A_silent_task_is_requeued_the_first_time_and_fails_the_second_time()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitFramesAsync(100);
        var worker = await farm.AwakeAsync();
        for (var time = 1; time <= 2; time++)
        {
            var task = await worker.TakeAsync();
            Assert.Equal("render-1", (string)task["name"]!);
            await PassWhileAliveAsync(farm, worker, TimeSpan.FromMinutes(11));
            Assert.Equal(time == 1 ? "queued" : "failed", (string)(await farm.TasksAsync(job))[0]["status"]!);
            Assert.False((bool)(await worker.MayRunAsync(task))["mayKeepRunning"]!);
            await worker.ReportAsync(task["uuid"], new { taskStatus = "completed" }).IsRefusedAsync(409);
        }

        Assert.Equal("active", await farm.StatusOfAsync(job));
        Assert.Equal("awake", await StatusOfAsync(farm, worker));
    }

    [Fact]
    public async Task A_may_i_run_request_keeps_a_task_from_timing_out()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        for (var minute = 0; minute < 15; minute++)
        {
            Assert.True((bool)(await worker.MayRunAsync(task))["mayKeepRunning"]!);
            await PassAsync(farm, TimeSpan.FromSeconds(59));
        }

        Assert.Equal("active", (string)(await farm.TasksAsync(job))[0]["status"]!);
    }

    private static async Task PassWhileAliveAsync(TestFarm farm, TestWorker worker, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(50))
        {
            await worker.StateAsync().IsEmptyAsync();
            await PassAsync(farm, TimeSpan.FromSeconds(50));
        }
    }

    /// <summary>Lets time pass and does what the farm would do by itself each minute.</summary>
    private static async Task PassAsync(TestFarm farm, TimeSpan time)
    {
        await farm.Service<Heartbeats>().FlushAsync();
        farm.Time.Advance(time);
        await farm.Service<Timeouts>().CheckAsync();
    }

    private static async Task<string> StatusOfAsync(TestFarm farm, TestWorker worker) =>
        (string)(await farm.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}"))["status"]!;
}
