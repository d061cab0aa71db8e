using System.Net.Http.Json;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>What happens when workers fail tasks (Contracts/Flamenco/Contract.md section 4.4).</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task A_farm_of_two_does_not_fail_at_the_first_soft_failure()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var (first, second) = (await farm.Awake("first"), await farm.Awake("second"));
        var task = await first.TakeAndFail();
        Assert.Equal("soft-failed", (string)(await farm.Get($"/api/v3/tasks/{task["uuid"]}"))["status"]!);
        Assert.Equal("active", await farm.StatusOf(job));
        await first.Schedule().IsEmpty();
        var again = await second.Take();
        Assert.Equal((string)task["uuid"]!, (string)again["uuid"]!);
        await second.Report(again, "completed");
        Assert.Equal("active", await farm.StatusOf(job));
    }

    [Fact]
    public async Task When_the_last_worker_that_could_do_a_task_fails_it_the_job_fails()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(100);
        var (first, second) = (await farm.Awake("first"), await farm.Awake("second"));
        await first.TakeAndFail();
        await second.TakeAndFail();
        Assert.Equal("failed", await farm.StatusOf(job));
        Assert.Equal(
            new Dictionary<string, int> { ["failed"] = 1, ["canceled"] = 99 },
            (await farm.Tasks(job)).CountBy(task => (string)task["status"]!).ToDictionary());
    }

    [Fact]
    public async Task Workers_that_were_removed_or_lack_the_type_are_not_counted_on()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(100);
        var worker = await farm.Awake("only", "blender");
        await farm.Awake("other-type", "misc");
        var removed = await farm.Awake("removed", "blender");
        await farm.Client.DeleteAsync($"/api/v3/worker-mgt/workers/{removed.Id}").IsEmpty();
        await worker.TakeAndFail();
        Assert.Equal("failed", await farm.StatusOf(job));
    }

    [Fact]
    public async Task A_job_whose_last_tasks_wait_for_one_that_failed_does_not_look_busy_for_ever()
    {
        await using var farm = await TestFarm.Start(new FarmLimits { Failures = new FailureLimits(TaskFailAfter: 1) });
        var job = await farm.SubmitFrames(20, fps: 24);
        var worker = await farm.Awake("first", "blender");
        await farm.Awake("second", "blender", "ffmpeg");
        await worker.TakeAndFail();
        for (var frame = 0; frame < 19; frame++)
        {
            Assert.Equal("active", await farm.StatusOf(job));
            await worker.Report(await worker.Take(), "completed");
        }

        Assert.Equal("failed", await farm.StatusOf(job));
        Assert.Equal(
            new Dictionary<string, int> { ["failed"] = 1, ["completed"] = 19, ["canceled"] = 1 },
            (await farm.Tasks(job)).CountBy(task => (string)task["status"]!).ToDictionary());
    }

    [Fact]
    public async Task The_third_worker_to_fail_a_task_fails_it_for_good_and_the_job_goes_on()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(100);
        string? id = null;
        await farm.Awake("fourth");
        foreach (var name in new[] { "first", "second", "third" })
        {
            var task = await (await farm.Awake(name)).TakeAndFail();
            id ??= (string)task["uuid"]!;
            Assert.Equal(id, (string)task["uuid"]!);
        }

        var failed = await farm.Get($"/api/v3/tasks/{id}");
        Assert.Equal(("failed", 3), ((string)failed["status"]!, failed["failed_by_workers"]!.AsArray().Count));
        Assert.Equal("active", await farm.StatusOf(job));
    }

    [Fact]
    public async Task A_job_fails_when_a_tenth_of_its_tasks_failed()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(10);
        var tasks = await farm.Tasks(job);
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{tasks[3]["id"]}/setstatus", new { status = "failed", reason = "ugly" }).IsEmpty();
        Assert.Equal("failed", await farm.StatusOf(job));
    }

    [Fact]
    public async Task The_third_task_that_a_worker_fails_blocks_it_for_the_type_in_this_job_only()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitFrames(100, priority: 60);
        var worker = await farm.Awake("clumsy");
        await farm.Awake("other");
        await worker.TakeAndFail();
        await worker.TakeAndFail();
        // Two failures do not block.
        await worker.TakeAndFail();
        await worker.Schedule().IsEmpty();
        var other = await farm.SubmitFrames(1, name: "Other");
        Assert.Equal((string)other["id"]!, (string)(await worker.Take())["job"]!);
    }

    [Fact]
    public async Task Queueing_a_task_by_hand_forgets_who_failed_it()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake("first");
        await farm.Awake("second");
        var task = await worker.TakeAndFail();
        await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{task["uuid"]}/setstatus", new { status = "queued", reason = "again" }).IsEmpty();
        Assert.Empty((await farm.Get($"/api/v3/tasks/{task["uuid"]}"))["failed_by_workers"]!.AsArray());
        Assert.Equal((string)task["uuid"]!, (string)(await worker.Take())["uuid"]!);
    }

    [Fact]
    public async Task Requeueing_a_job_forgets_failures_and_the_blocklist()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitFrames(100);
        var worker = await farm.Awake("clumsy");
        await farm.Awake("other");
        for (var i = 0; i < 3; i++) await worker.TakeAndFail();
        await worker.Schedule().IsEmpty();
        await farm.SetJob(job, "requeueing").IsEmpty();
        Assert.Equal("queued", await farm.StatusOf(job));
        Assert.Equal("render-1", (string)(await worker.Take())["name"]!);
    }

    [Fact]
    public async Task A_worker_that_comes_back_from_a_crash_gets_its_task_again_but_not_for_ever()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake("fragile");
        var task = await worker.Take();
        for (var crash = 1; crash <= 3; crash++)
        {
            await worker.SignOn();
            await worker.Become("awake");
            if (crash < 3) Assert.Equal((string)task["uuid"]!, (string)(await worker.Take())["uuid"]!);
        }

        await worker.Schedule().IsEmpty();
        var failed = await farm.Get($"/api/v3/tasks/{task["uuid"]}");
        Assert.Equal("fragile", (string)failed["failed_by_workers"]![0]!["name"]!);
    }
}
