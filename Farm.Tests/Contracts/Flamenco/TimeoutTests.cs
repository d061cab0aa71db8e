using Farm.Server.Operations;
using Farm.Server.Operations.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Workers and tasks that fall silent (Contracts/Flamenco/Contract.md sections 4.5 and 12.1).</summary>
public sealed class TimeoutTests
{
    [Fact]
    public async Task A_silent_worker_is_put_into_error_loses_its_task_and_is_revived_when_it_asks_again()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        await worker.Take();
        await Pass(farm, TimeSpan.FromMinutes(6));
        Assert.Equal("error", await StatusOf(farm, worker));
        Assert.Equal("queued", (string)(await farm.Tasks(job))[0]["status"]!);

        Assert.Equal("""{"status_requested":"awake"}""", (await worker.Schedule().IsJson(423)).ToJsonString());
        await worker.Become("awake").IsEmpty();
        Assert.Equal("awake", await StatusOf(farm, worker));
        await worker.Schedule().IsJson();
    }

    [Fact]
    public async Task A_sleeper_that_timed_out_is_revived_as_a_sleeper()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await worker.Become("asleep");
        await Pass(farm, TimeSpan.FromMinutes(6));
        Assert.Equal("error", await StatusOf(farm, worker));
        Assert.Equal("""{"status_requested":"asleep"}""", (await worker.State().IsJson()).ToJsonString());
    }

    [Fact]
    public async Task A_worker_that_said_itself_that_it_is_in_error_is_not_revived()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await worker.Become("error");
        await Pass(farm, TimeSpan.FromMinutes(6));
        await worker.Schedule().IsRefused(409);
    }

    [Fact]
    public async Task Without_a_timeout_of_workers_only_tasks_time_out()
    {
        await using var farm = await TestFarm.Start(new FarmLimits { WorkerTimeout = TimeSpan.Zero });
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        await worker.Take();
        await Pass(farm, TimeSpan.FromMinutes(6));
        Assert.Equal(("awake", "active"), (await StatusOf(farm, worker), (string)(await farm.Tasks(job))[0]["status"]!));
        await Pass(farm, TimeSpan.FromMinutes(6));
        Assert.Equal(("awake", "queued"), (await StatusOf(farm, worker), (string)(await farm.Tasks(job))[0]["status"]!));
    }

    [Fact]
    public async Task Nothing_times_out_in_the_first_five_minutes()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await Pass(farm, TimeSpan.FromMinutes(4.9));
        Assert.Equal("awake", await StatusOf(farm, worker));
    }

    [Fact]
    public async Task A_task_that_is_not_heard_of_is_given_back_first_and_fails_when_it_happens_again()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(100);
        var worker = await farm.Awake();
        for (var time = 1; time <= 2; time++)
        {
            var task = await worker.Take();
            Assert.Equal("render-1", (string)task["name"]!);
            await PassWhileAlive(farm, worker, TimeSpan.FromMinutes(11));
            Assert.Equal(time == 1 ? "queued" : "failed", (string)(await farm.Tasks(job))[0]["status"]!);
            Assert.False((bool)(await worker.MayRun(task))["mayKeepRunning"]!);
            await worker.Report(task["uuid"], new { taskStatus = "completed" }).IsRefused(409);
        }

        Assert.Equal("active", await farm.StatusOf(job));
        Assert.Equal("awake", await StatusOf(farm, worker));
    }

    [Fact]
    public async Task Asking_whether_to_go_on_keeps_a_task_from_timing_out()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        for (var minute = 0; minute < 15; minute++)
        {
            Assert.True((bool)(await worker.MayRun(task))["mayKeepRunning"]!);
            await Pass(farm, TimeSpan.FromSeconds(59));
        }

        Assert.Equal("active", (string)(await farm.Tasks(job))[0]["status"]!);
    }

    private static async Task PassWhileAlive(TestFarm farm, TestWorker worker, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(50))
        {
            await worker.State().IsEmpty();
            await Pass(farm, TimeSpan.FromSeconds(50));
        }
    }

    /// <summary>Lets time pass and does what the farm would do by itself each minute.</summary>
    private static async Task Pass(TestFarm farm, TimeSpan time)
    {
        await farm.Service<Heartbeats>().Flush();
        farm.Time.Advance(time);
        await farm.Service<Timeouts>().Check();
    }

    private static async Task<string> StatusOf(TestFarm farm, TestWorker worker) =>
        (string)(await farm.Get($"/api/v3/worker-mgt/workers/{worker.Id}"))["status"]!;
}
