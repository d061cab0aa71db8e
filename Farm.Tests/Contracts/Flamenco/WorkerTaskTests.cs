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
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Register();
        await worker.Schedule().IsRefused(409);
        await worker.SignOn();
        await worker.Schedule().IsRefused(409);
        await worker.Become("asleep");
        await worker.Schedule().IsRefused(409);
        await worker.Become("awake");
        await worker.Schedule().IsJson();
    }

    [Fact]
    public async Task Nothing_to_do_is_answered_with_204()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await worker.Schedule().IsEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_that_is_asked_to_change_hears_that_first_lazy_or_not(bool lazy)
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        await farm.AskWorker(worker, "asleep", lazy).IsEmpty();
        Assert.Equal("""{"status_requested":"asleep"}""", (await worker.Schedule().IsJson(423)).ToJsonString());
        Assert.Equal("""{"status_requested":"asleep"}""", (await worker.State().IsJson()).ToJsonString());
    }

    [Fact]
    public async Task A_worker_that_asks_again_gets_the_task_that_it_has()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitFrames(3);
        var worker = await farm.Awake();
        var first = await worker.Take();
        Assert.Equal(first.ToJsonString(), (await worker.Take()).ToJsonString());
    }

    [Fact]
    public async Task Variables_are_expanded_for_the_platform_of_the_worker_and_stored_unexpanded()
    {
        var storage = new Variable("storage", IsTwoway: true,
        [
            new VariableValue(VariableAudience.All, ["linux"], "/mnt/storage"),
            new VariableValue(VariableAudience.All, ["windows"], "S:"),
        ]);
        await using var farm = await TestFarm.Start(variables: [storage]);
        await farm.Submit(new
        {
            name = "Paths",
            type = "echo-sleep-test",
            submitter_platform = "windows",
            settings = new { message = "S:\\shot\\a.blend" },
        });
        var worker = await farm.Awake();
        var task = await worker.Take();
        Assert.Equal("/mnt/storage/shot/a.blend", (string)task["commands"]![0]!["parameters"]!["message"]!);
        var stored = await farm.Get($"/api/v3/tasks/{task["uuid"]}");
        Assert.Equal("{storage}\\shot\\a.blend", (string)stored["commands"]![0]!["parameters"]!["message"]!);
    }

    [Fact]
    public async Task A_task_of_another_worker_is_none_of_ones_business()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var (owner, other) = (await farm.Awake("owner"), await farm.Awake("other"));
        var task = await owner.Take();
        await other.Report(task["uuid"], new { taskStatus = "completed" }).IsRefused(409);
        Assert.Equal("active", (string)(await farm.Get($"/api/v3/tasks/{task["uuid"]}"))["status"]!);
        Assert.Equal("task is not assigned to this worker", (string)(await other.MayRun(task))["reason"]!);
    }

    [Fact]
    public async Task A_report_on_a_task_that_nobody_took_is_refused()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        await worker.Report((await farm.Tasks(job))[0]["id"], new { activity = "mine" }).IsRefused(409);
    }

    [Fact]
    public async Task Ids_of_nothing_are_404_and_what_is_no_id_is_400()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await worker.Report(Answers.Nobody, new { activity = "x" }).IsRefused(404);
        await worker.Report("not-an-id", new { activity = "x" }).IsRefused(400);
        Assert.Contains("UUID", await worker.Client.GetAsync("task/not-an-id/may-i-run").IsRefused(400));
        var unknown = await worker.Client.GetAsync($"task/{Answers.Nobody}/may-i-run").IsJson();
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
    public async Task A_report_that_makes_no_sense_changes_nothing(string report, string says)
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        var before = await farm.Get($"/api/v3/tasks/{task["uuid"]}");
        Assert.Contains(says, await worker.Client.PostText($"task/{task["uuid"]}", report).IsRefused(400));
        Assert.Equal(before.ToJsonString(), (await farm.Get($"/api/v3/tasks/{task["uuid"]}")).ToJsonString());
    }

    [Fact]
    public async Task Unknown_properties_are_ignored_and_an_empty_report_is_a_sign_of_life()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        farm.Time.Advance(TimeSpan.FromMinutes(1));
        await worker.Report(task["uuid"], new { mood = "good" }).IsEmpty();
        Assert.Equal("2026-01-05T10:01:00Z", (string)(await farm.Get($"/api/v3/tasks/{task["uuid"]}"))["last_touched"]!);
    }

    [Fact]
    public async Task Steps_are_capped_and_the_sums_of_the_job_follow()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        await worker.Report(task["uuid"], new { steps_completed = 99 }).IsEmpty();
        Assert.Equal(1, (int)(await farm.Get($"/api/v3/tasks/{task["uuid"]}"))["steps_completed"]!);
        Assert.Equal(1, (int)(await farm.Get($"/api/v3/jobs/{job["id"]}"))["steps_completed"]!);
    }

    [Fact]
    public async Task The_log_gets_line_ends_and_the_last_text_of_the_worker_comes_before_the_line_of_the_farm()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        await worker.Report(task["uuid"], new { log = "first" }).IsEmpty();
        await worker.Report(task["uuid"], new { log = "" }).IsEmpty();
        await worker.Report(task["uuid"], new { log = "last\n", taskStatus = "completed" }).IsEmpty();
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
    public async Task Only_a_request_that_cannot_wait_stops_a_running_task()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        var task = await worker.Take();
        await farm.AskWorker(worker, "asleep", lazy: true).IsEmpty();
        Assert.True((bool)(await worker.MayRun(task))["mayKeepRunning"]!);
        await farm.AskWorker(worker, "asleep").IsEmpty();
        var answer = await worker.MayRun(task);
        Assert.Equal((false, true), ((bool)answer["mayKeepRunning"]!, (bool)answer["statusChangeRequested"]!));
    }

    [Fact]
    public async Task An_attempt_that_is_named_must_be_the_present_one()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        var first = await worker.Take();
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{first["uuid"]}/setstatus", new { status = "queued", reason = "again" }).IsEmpty();
        var second = await worker.Take();
        Assert.Equal((string)first["uuid"]!, (string)second["uuid"]!);
        Assert.NotEqual((string)first["attempt"]!, (string)second["attempt"]!);

        await worker.Report(first["uuid"], new { taskStatus = "completed", attempt = (string)first["attempt"]! }).IsRefused(409);
        Assert.False((bool)(await Ask(worker, first))["mayKeepRunning"]!);
        Assert.True((bool)(await Ask(worker, second))["mayKeepRunning"]!);
        await worker.Report(second["uuid"], new { taskStatus = "completed", attempt = (string)second["attempt"]! }).IsEmpty();
    }

    private static Task<JsonObject> Ask(TestWorker worker, JsonObject task)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"task/{task["uuid"]}/may-i-run");
        request.Headers.Add("X-Farm-Attempt", (string)task["attempt"]!);
        return worker.Client.SendAsync(request).IsJson();
    }
}
