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
        await using var farm = await WithoutTimeouts();
        var worker = await farm.Awake();
        await Set(farm, worker, "mo", "09:00", "18:00").IsEmpty();
        Assert.Equal("""{"status_requested":"asleep"}""", (await worker.Schedule().IsJson(423)).ToJsonString());
        await worker.Become("asleep").IsEmpty();

        await Pass(farm, TimeSpan.FromHours(7.99));
        await worker.State().IsEmpty();
        await Pass(farm, TimeSpan.FromHours(0.01));
        Assert.Equal("""{"status_requested":"awake"}""", (await worker.State().IsJson()).ToJsonString());
    }

    [Fact]
    public async Task A_night_is_slept_through_to_the_morning()
    {
        await using var farm = await WithoutTimeouts();
        var worker = await farm.Awake();
        await Set(farm, worker, "mo", "18:00", "09:00").IsEmpty();
        await worker.State().IsEmpty();
        await Pass(farm, TimeSpan.FromHours(8));
        Assert.Equal("asleep", (string)(await worker.State().IsJson())["status_requested"]!);
        await worker.Become("asleep").IsEmpty();
        await Pass(farm, TimeSpan.FromHours(14));
        await worker.State().IsEmpty();
        await Pass(farm, TimeSpan.FromHours(1));
        Assert.Equal("awake", (string)(await worker.State().IsJson())["status_requested"]!);
    }

    [Fact]
    public async Task Between_boundaries_people_decide()
    {
        await using var farm = await WithoutTimeouts();
        var worker = await farm.Awake();
        await Set(farm, worker, "", "09:00", "18:00").IsEmpty();
        await worker.Become("asleep").IsEmpty();
        await farm.AskWorker(worker, "awake").IsEmpty();
        await worker.Become("awake").IsEmpty();
        await Pass(farm, TimeSpan.FromHours(2));
        await worker.State().IsEmpty();
    }

    [Fact]
    public async Task A_worker_that_signs_on_is_told_what_its_schedule_says_now_unless_something_was_asked_of_it()
    {
        await using var farm = await WithoutTimeouts();
        var worker = await farm.Awake();
        await Set(farm, worker, "", "09:00", "18:00").IsEmpty();
        await worker.Become("asleep").IsEmpty();
        await worker.State().IsEmpty();
        Assert.Equal("asleep", (string)(await worker.SignOn().IsJson())["status_requested"]!);
        await farm.AskWorker(worker, "awake").IsEmpty();
        Assert.Equal("awake", (string)(await worker.SignOn().IsJson())["status_requested"]!);
        await worker.Become("awake").IsEmpty();
        await Pass(farm, TimeSpan.FromHours(9));
        Assert.Equal("awake", (string)(await worker.SignOn().IsJson())["status_requested"]!);
    }

    [Fact]
    public async Task A_worker_that_is_to_go_is_not_sent_to_sleep_instead()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await farm.AskWorker(worker, "offline", lazy: true).IsEmpty();
        await Set(farm, worker, "", "", "").IsEmpty();
        Assert.Equal("offline", (string)(await worker.State().IsJson())["status_requested"]!);
    }

    [Fact]
    public async Task A_worker_in_error_is_left_alone_and_one_that_was_only_silent_returns_to_what_the_schedule_says()
    {
        await using var farm = await TestFarm.Start();
        var (broken, silent) = (await farm.Awake("broken"), await farm.Awake("silent"));
        await broken.Become("error").IsEmpty();
        await farm.Service<Heartbeats>().Flush();
        farm.Time.Advance(TimeSpan.FromMinutes(6));
        await farm.Service<Timeouts>().Check();
        foreach (var worker in new[] { broken, silent }) await Set(farm, worker, "", "", "").IsEmpty();
        await broken.State().IsEmpty();
        Assert.Equal("""{"status_requested":"asleep"}""", (await silent.Schedule().IsJson(423)).ToJsonString());
    }

    [Fact]
    public async Task The_farm_looks_at_the_schedules_each_minute()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await Set(farm, worker, "", "10:01", "").IsEmpty();
        // The farm looks on a thread of its own, which on a busy machine takes its time: only its clock is hurried.
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        farm.Time.Advance(TimeSpan.FromMinutes(1));
        while ((await worker.State()).StatusCode == HttpStatusCode.NoContent && !deadline.IsCancellationRequested)
        {
            farm.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal("asleep", (string)(await worker.State().IsJson())["status_requested"]!);
    }

    [Fact]
    public async Task A_worker_without_a_schedule_has_none_and_one_with_tells_it_in_the_form_of_the_protocol()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Register();
        await farm.Client.GetAsync(Path(worker.Id)).IsEmpty();
        await Set(farm, worker, "Sunday Monday", "18:00", "", isActive: false).IsEmpty();
        await Set(farm, worker, "Sunday Monday", "18:00", "09:30").IsEmpty();
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
    public async Task A_schedule_that_makes_no_sense_is_refused_and_changes_nothing(string body, string says)
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Register();
        Assert.Contains(says, await farm.Client.PostText(Path(worker.Id), body).IsRefused(400));
        await farm.Client.GetAsync(Path(worker.Id)).IsEmpty();
    }

    [Theory]
    [InlineData(Answers.Nobody, 404)]
    [InlineData("no-id", 400)]
    public async Task Nobody_has_no_schedule(string id, int status)
    {
        await using var farm = await TestFarm.Start();
        await farm.Client.GetAsync(Path(id)).IsRefused(status);
        await farm.Client.PostAsJsonAsync(Path(id), new { is_active = true, days_of_week = "", start_time = "", end_time = "" }).IsRefused(status);
    }

    private static string Path(string worker) => $"/api/v3/worker-mgt/workers/{worker}/sleep-schedule";

    private static Task<HttpResponseMessage> Set(
        TestFarm farm, TestWorker worker, string days, string start, string end, bool isActive = true) => farm.Client.PostAsJsonAsync(
        Path(worker.Id), new { is_active = isActive, days_of_week = days, start_time = start, end_time = end });

    /// <summary>A farm in which a worker that is silent for hours counts as there: the clock alone must not decide what it is asked.</summary>
    private static Task<TestFarm> WithoutTimeouts() => TestFarm.Start(new FarmLimits { TaskTimeout = TimeSpan.Zero });

    /// <summary>Lets time pass and does what the farm would do by itself each minute.</summary>
    private static async Task Pass(TestFarm farm, TimeSpan time)
    {
        farm.Time.Advance(time);
        await farm.Service<SleepSchedules>().Check();
    }
}
