using System.Net;
using System.Net.Http.Json;
using Farm.Server.Operations;
using Farm.Server.Operations.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>
/// When workers sleep (Contracts/Flamenco/Contract.md sections 3.2, 4.7 and 6.4). The clock of a test begins on Monday, 2026-01-05, at 10:00.
/// </summary>
public sealed class SleepScheduleTests
{
    [Fact]
    public async Task A_schedule_is_applied_at_once_and_at_each_boundary()
    {
        await using var farm = await WithoutTimeoutsAsync();
        var worker = await farm.AwakeAsync();
        await SetAsync(farm, worker, "mo", "09:00", "18:00").IsEmptyAsync();
        Assert.Equal("""{"status_requested":"asleep"}""", (await worker.ScheduleAsync().IsJsonAsync(423)).ToJsonString());
        await worker.BecomeAsync("asleep").IsEmptyAsync();

        await PassAsync(farm, TimeSpan.FromHours(7.99));
        await worker.StateAsync().IsEmptyAsync();
        await PassAsync(farm, TimeSpan.FromHours(0.01));
        Assert.Equal("""{"status_requested":"awake"}""", (await worker.StateAsync().IsJsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_sleep_period_can_span_midnight()
    {
        await using var farm = await WithoutTimeoutsAsync();
        var worker = await farm.AwakeAsync();
        await SetAsync(farm, worker, "mo", "18:00", "09:00").IsEmptyAsync();
        await worker.StateAsync().IsEmptyAsync();
        await PassAsync(farm, TimeSpan.FromHours(8));
        Assert.Equal("asleep", (string)(await worker.StateAsync().IsJsonAsync())["status_requested"]!);
        await worker.BecomeAsync("asleep").IsEmptyAsync();
        await PassAsync(farm, TimeSpan.FromHours(14));
        await worker.StateAsync().IsEmptyAsync();
        await PassAsync(farm, TimeSpan.FromHours(1));
        Assert.Equal("awake", (string)(await worker.StateAsync().IsJsonAsync())["status_requested"]!);
    }

    [Fact]
    public async Task Manual_changes_hold_until_the_next_boundary()
    {
        await using var farm = await WithoutTimeoutsAsync();
        var worker = await farm.AwakeAsync();
        await SetAsync(farm, worker, "", "09:00", "18:00").IsEmptyAsync();
        await worker.BecomeAsync("asleep").IsEmptyAsync();
        await farm.AskWorkerAsync(worker, "awake").IsEmptyAsync();
        await worker.BecomeAsync("awake").IsEmptyAsync();
        await PassAsync(farm, TimeSpan.FromHours(2));
        await worker.StateAsync().IsEmptyAsync();
    }

    [Fact]
    public async Task Sign_on_returns_the_scheduled_status_unless_another_was_requested()
    {
        await using var farm = await WithoutTimeoutsAsync();
        var worker = await farm.AwakeAsync();
        await SetAsync(farm, worker, "", "09:00", "18:00").IsEmptyAsync();
        await worker.BecomeAsync("asleep").IsEmptyAsync();
        await worker.StateAsync().IsEmptyAsync();
        Assert.Equal("asleep", (string)(await worker.SignOnAsync().IsJsonAsync())["status_requested"]!);
        await farm.AskWorkerAsync(worker, "awake").IsEmptyAsync();
        Assert.Equal("awake", (string)(await worker.SignOnAsync().IsJsonAsync())["status_requested"]!);
        await worker.BecomeAsync("awake").IsEmptyAsync();
        await PassAsync(farm, TimeSpan.FromHours(9));
        Assert.Equal("awake", (string)(await worker.SignOnAsync().IsJsonAsync())["status_requested"]!);
    }

    [Fact]
    public async Task A_shutdown_request_is_not_replaced_by_the_schedule()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await farm.AskWorkerAsync(worker, "offline", lazy: true).IsEmptyAsync();
        await SetAsync(farm, worker, "", "", "").IsEmptyAsync();
        Assert.Equal("offline", (string)(await worker.StateAsync().IsJsonAsync())["status_requested"]!);
    }

    [Fact]
    public async Task The_schedule_ignores_workers_in_error_and_applies_to_revived_ones()
    {
        await using var farm = await TestFarm.StartAsync();
        var (broken, silent) = (await farm.AwakeAsync("broken"), await farm.AwakeAsync("silent"));
        await broken.BecomeAsync("error").IsEmptyAsync();
        await farm.Service<Heartbeats>().FlushAsync();
        farm.Time.Advance(TimeSpan.FromMinutes(6));
        await farm.Service<Timeouts>().CheckAsync();
        foreach (var worker in new[] { broken, silent }) await SetAsync(farm, worker, "", "", "").IsEmptyAsync();
        await broken.StateAsync().IsEmptyAsync();
        Assert.Equal("""{"status_requested":"asleep"}""", (await silent.ScheduleAsync().IsJsonAsync(423)).ToJsonString());
    }

    [Fact]
    public async Task Schedules_are_checked_every_minute()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await SetAsync(farm, worker, "", "10:01", "").IsEmptyAsync();
        // The farm looks on a thread of its own, which on a busy machine takes its time: only its clock is hurried.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        farm.Time.Advance(TimeSpan.FromMinutes(1));
        while ((await worker.StateAsync()).StatusCode == HttpStatusCode.NoContent && !deadline.IsCancellationRequested)
        {
            farm.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal("asleep", (string)(await worker.StateAsync().IsJsonAsync())["status_requested"]!);
    }

    [Fact]
    public async Task A_schedule_is_returned_in_the_protocols_form_or_204_without_one()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        await farm.Client.GetAsync(Path(worker.Id)).IsEmptyAsync();
        await SetAsync(farm, worker, "Sunday Monday", "18:00", "", isActive: false).IsEmptyAsync();
        await SetAsync(farm, worker, "Sunday Monday", "18:00", "09:30").IsEmptyAsync();
        Snapshot.Verify(await farm.Client.GetStringAsync(Path(worker.Id)));
    }

    [Theory]
    [InlineData("""{"days_of_week":"","start_time":"","end_time":""}""", "\"is_active\"")]
    [InlineData("""{"is_active":true,"start_time":"","end_time":""}""", "\"days_of_week\"")]
    [InlineData("""{"is_active":true,"days_of_week":"","end_time":""}""", "\"start_time\"")]
    [InlineData("""{"is_active":true,"days_of_week":"","start_time":""}""", "\"end_time\"")]
    [InlineData("""{"is_active":true,"days_of_week":"someday","start_time":"","end_time":""}""", "\"days_of_week\"")]
    [InlineData("""{"is_active":true,"days_of_week":"","start_time":"24:00","end_time":""}""", "\"start_time\"")]
    [InlineData("""{"is_active":true,"days_of_week":"","start_time":"","end_time":"9 am"}""", "\"end_time\"")]
    [InlineData("""{"is_active":true,"days_of_week":"","start_time":"","end_time":"09:00:30"}""", "\"end_time\"")]
    public async Task An_invalid_schedule_is_rejected_and_changes_nothing(string body, string says)
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.RegisterAsync();
        Assert.Contains(says, await farm.Client.PostTextAsync(Path(worker.Id), body).IsRefusedAsync(400));
        await farm.Client.GetAsync(Path(worker.Id)).IsEmptyAsync();
    }

    [Theory]
    [InlineData(Answers.Nobody, 404)]
    [InlineData("no-id", 400)]
    public async Task An_unknown_worker_has_no_schedule(string id, int status)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.Client.GetAsync(Path(id)).IsRefusedAsync(status);
        await farm.Client.PostAsJsonAsync(Path(id), new { is_active = true, days_of_week = "", start_time = "", end_time = "" }).IsRefusedAsync(status);
    }

    private static string Path(string worker) => $"/api/v3/worker-mgt/workers/{worker}/sleep-schedule";

    private static Task<HttpResponseMessage> SetAsync(
        TestFarm farm, TestWorker worker, string days, string start, string end, bool isActive = true) => farm.Client.PostAsJsonAsync(
        Path(worker.Id), new { is_active = isActive, days_of_week = days, start_time = start, end_time = end });

    /// <summary>A farm in which a worker that is silent for hours counts as there: the clock alone must not decide what it is asked.</summary>
    private static Task<TestFarm> WithoutTimeoutsAsync() => TestFarm.StartAsync(new FarmLimits { TaskTimeout = TimeSpan.Zero });

    /// <summary>Lets time pass and does what the farm would do by itself each minute.</summary>
    private static async Task PassAsync(TestFarm farm, TimeSpan time)
    {
        farm.Time.Advance(time);
        await farm.Service<SleepSchedules>().CheckAsync();
    }
}
