using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>scheduleTask, taskUpdate and mayWorkerRun (Contracts/Flamenco/Contract.md sections 3.6 to 3.8).</summary>
public sealed class WorkerTaskTests
{
    [Fact]
    public async Task A_worker_that_is_not_awake_gets_no_task()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.RegisterAsync();
        await worker.ScheduleAsync().IsRefusedAsync(409);
        await worker.SignOnAsync();
        await worker.ScheduleAsync().IsRefusedAsync(409);
        await worker.BecomeAsync("asleep");
        await worker.ScheduleAsync().IsRefusedAsync(409);
        await worker.BecomeAsync("awake");
        await worker.ScheduleAsync().IsJsonAsync();
    }

    [Fact]
    public async Task No_task_is_204()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await worker.ScheduleAsync().IsEmptyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_status_change_request_takes_precedence_over_a_task_lazy_or_not(bool lazy)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        await farm.AskWorkerAsync(worker, "asleep", lazy).IsEmptyAsync();
        Assert.Equal("""{"status_requested":"asleep"}""", (await worker.ScheduleAsync().IsJsonAsync(423)).ToJsonString());
        Assert.Equal("""{"status_requested":"asleep"}""", (await worker.StateAsync().IsJsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_worker_that_asks_again_gets_its_current_task()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitFramesAsync(3);
        var worker = await farm.AwakeAsync();
        var first = await worker.TakeAsync();
        Assert.Equal(first.ToJsonString(), (await worker.TakeAsync()).ToJsonString());
    }

    [Fact]
    public async Task Variables_are_expanded_for_the_platform_of_the_worker_and_stored_unexpanded()
    {
        var storage = new Variable("storage", IsTwoway: true,
        [
            new VariableValue(VariableAudience.All, ["linux"], "/mnt/storage"),
            new VariableValue(VariableAudience.All, ["windows"], "S:"),
        ]);
        await using var farm = await TestFarm.StartAsync(variables: [storage]);
        await farm.SubmitAsync(new
        {
            name = "Paths",
            type = "echo-sleep-test",
            submitter_platform = "windows",
            settings = new { message = "S:\\shot\\a.blend" },
        });
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        Assert.Equal("/mnt/storage/shot/a.blend", (string)task["commands"]![0]!["parameters"]!["message"]!);
        var stored = await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}");
        Assert.Equal("{storage}\\shot\\a.blend", (string)stored["commands"]![0]!["parameters"]!["message"]!);
    }

    [Fact]
    public async Task A_worker_cannot_update_the_task_of_another()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var (owner, other) = (await farm.AwakeAsync("owner"), await farm.AwakeAsync("other"));
        var task = await owner.TakeAsync();
        await other.ReportAsync(task["uuid"], new { taskStatus = "completed" }).IsRefusedAsync(409);
        Assert.Equal("active", (string)(await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}"))["status"]!);
        Assert.Equal("task is not assigned to this worker", (string)(await other.MayRunAsync(task))["reason"]!);
    }

    [Fact]
    public async Task An_update_of_an_unassigned_task_is_rejected()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        await worker.ReportAsync((await farm.TasksAsync(job))[0]["id"], new { activity = "mine" }).IsRefusedAsync(409);
    }

    [Fact]
    public async Task Unknown_ids_are_404_and_malformed_ones_400()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await worker.ReportAsync(Answers.Nobody, new { activity = "x" }).IsRefusedAsync(404);
        await worker.ReportAsync("not-an-id", new { activity = "x" }).IsRefusedAsync(400);
        Assert.Contains("UUID", await worker.Client.GetAsync("task/not-an-id/may-i-run").IsRefusedAsync(400));
        var unknown = await worker.Client.GetAsync($"task/{Answers.Nobody}/may-i-run").IsJsonAsync();
        Assert.Equal("""{"mayKeepRunning":false,"reason":"Task not found","statusChangeRequested":false}""", unknown.ToJsonString());
    }

    [Theory]
    [InlineData("""{"taskStatus":"done"}""", "\"taskStatus\"")]
    [InlineData("""{"taskStatus":"pended"}""", "\"taskStatus\"")]
    [InlineData("""{"steps_completed":2.0}""", "\"steps_completed\"")]
    [InlineData("""{"steps_completed":3000000000}""", "\"steps_completed\"")]
    [InlineData("""{"log":["a"]}""", "\"log\"")]
    [InlineData("""{"activity":null}""", "\"activity\"")]
    [InlineData("""{"attempt":"first"}""", "\"attempt\"")]
    [InlineData("""{"taskStatus":"soft-failed"}""", "\"failed\"")]
    public async Task An_invalid_update_changes_nothing(string report, string says)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        var before = await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}");
        Assert.Contains(says, await worker.Client.PostTextAsync($"task/{task["uuid"]}", report).IsRefusedAsync(400));
        Assert.Equal(before.ToJsonString(), (await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}")).ToJsonString());
    }

    [Fact]
    public async Task Unknown_properties_are_ignored_and_an_empty_update_is_a_heartbeat()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        farm.Time.Advance(TimeSpan.FromMinutes(1));
        await worker.ReportAsync(task["uuid"], new { mood = "good" }).IsEmptyAsync();
        Assert.Equal("2026-01-05T10:01:00Z", (string)(await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}"))["last_touched"]!);
    }

    [Fact]
    public async Task Steps_are_capped_and_added_up_for_the_job()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await worker.ReportAsync(task["uuid"], new { steps_completed = 99 }).IsEmptyAsync();
        Assert.Equal(1, (int)(await farm.GetAsync($"/api/v3/tasks/{task["uuid"]}"))["steps_completed"]!);
        Assert.Equal(1, (int)(await farm.GetAsync($"/api/v3/jobs/{job["id"]}"))["steps_completed"]!);
    }

    [Fact]
    public async Task The_log_gets_line_ends_and_ends_with_the_farms_own_line()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await worker.ReportAsync(task["uuid"], new { log = "first" }).IsEmptyAsync();
        await worker.ReportAsync(task["uuid"], new { log = "" }).IsEmptyAsync();
        await worker.ReportAsync(task["uuid"], new { log = "last\n", taskStatus = "completed" }).IsEmptyAsync();
        var log = await farm.Client.GetStringAsync($"/api/v3/tasks/{task["uuid"]}/logtail");
        Assert.Equal(
            $"""
            2026-01-05T10:00:00Z Task assigned to worker node ({worker.Id})
            2026-01-05T10:00:00Z task changed status queued -> active
            first
            last
            2026-01-05T10:00:00Z task changed status active -> completed

            """.ReplaceLineEndings("\n"),
            log);
    }

    [Fact]
    public async Task Only_an_immediate_status_request_stops_a_running_task()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var task = await worker.TakeAsync();
        await farm.AskWorkerAsync(worker, "asleep", lazy: true).IsEmptyAsync();
        Assert.True((bool)(await worker.MayRunAsync(task))["mayKeepRunning"]!);
        await farm.AskWorkerAsync(worker, "asleep").IsEmptyAsync();
        var answer = await worker.MayRunAsync(task);
        Assert.Equal((false, true), ((bool)answer["mayKeepRunning"]!, (bool)answer["statusChangeRequested"]!));
    }

    [Fact]
    public async Task A_named_attempt_must_be_the_current_one()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        var first = await worker.TakeAsync();
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{first["uuid"]}/setstatus", new { status = "queued", reason = "again" }).IsEmptyAsync();
        var second = await worker.TakeAsync();
        Assert.Equal((string)first["uuid"]!, (string)second["uuid"]!);
        Assert.NotEqual((string)first["attempt"]!, (string)second["attempt"]!);

        await worker.ReportAsync(first["uuid"], new { taskStatus = "completed", attempt = (string)first["attempt"]! }).IsRefusedAsync(409);
        Assert.False((bool)(await AskAsync(worker, first))["mayKeepRunning"]!);
        Assert.True((bool)(await AskAsync(worker, second))["mayKeepRunning"]!);
        await worker.ReportAsync(second["uuid"], new { taskStatus = "completed", attempt = (string)second["attempt"]! }).IsEmptyAsync();
    }

    private static Task<JsonObject> AskAsync(TestWorker worker, JsonObject task)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"task/{task["uuid"]}/may-i-run");
        request.Headers.Add("X-Farm-Attempt", (string)task["attempt"]!);
        return worker.Client.SendAsync(request).IsJsonAsync();
    }
}
