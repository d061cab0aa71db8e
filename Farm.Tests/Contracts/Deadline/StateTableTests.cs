using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Deadline;

/// <summary>Contracts/Deadline/Contract.md section 4.1 on a job with a task in every status.</summary>
public sealed class StateTableTests
{
    /// <summary>The statuses before any command: soft-failed, rendering, queued, suspended, canceled, completed, failed, pending.</summary>
    private static readonly int[] Before = [2, 4, 2, 3, 3, 5, 6, 8];

    public static TheoryData<string, int[]> Table => new()
    {
        { "requeue", [2, 2, 2, 2, 2, 2, 2, 2] },
        { "complete", [5, 5, 5, 5, 5, 5, 5, 5] },
        { "suspend", [3, 3, 3, 3, 3, 5, 6, 3] },
        { "fail", [6, 6, 6, 6, 6, 5, 6, 6] },
        { "resumefailed", [2, 4, 2, 3, 3, 5, 2, 8] },
        { "pend", [8, 8, 8, 3, 3, 5, 6, 8] },
        { "releasepending", [2, 4, 2, 3, 3, 5, 6, 2] },
        { "resume", [2, 4, 2, 2, 2, 5, 6, 8] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task Without_a_list_a_command_applies_to_all_tasks_by_the_table(string command, int[] after)
    {
        await using var farm = await TestFarm.StartAsync();
        var (job, _, _) = await JobInAllStatesAsync(farm);

        await farm.DoAsync(job, command);
        Assert.Equal(after, await farm.StatsAsync(job));

        await farm.DoAsync(job, command == "pend" || command == "releasepending" ? "complete" : command, "[5]");
        Assert.Equal(after[..5], (await farm.StatsAsync(job))[..5]);
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task With_a_list_a_command_changes_the_listed_tasks_only(string command, int[] after)
    {
        await using var farm = await TestFarm.StartAsync();
        var (job, _, _) = await JobInAllStatesAsync(farm);

        for (var task = 0; task < Before.Length; task++)
        {
            // The queued tasks come last, so that the job is never suspended before its time.
            var place = (task + 3) % Before.Length;
            var before = await farm.StatsAsync(job);
            await farm.DoAsync(job, command, $"{place}");
            before[place] = after[place];
            Assert.Equal(before, await farm.StatsAsync(job));
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task A_worker_whose_task_is_taken_by_a_command_must_stop_and_its_update_is_rejected(string command, int[] after)
    {
        await using var farm = await TestFarm.StartAsync();
        var (job, worker, held) = await JobInAllStatesAsync(farm);

        await farm.DoAsync(job, command, "1");

        var mayRun = (bool)(await worker.MayRunAsync(held))["mayKeepRunning"]!;
        Assert.Equal(after[1] == 4, mayRun);
        if (mayRun) return;
        var stats = await farm.StatsAsync(job);
        Assert.Equal(HttpStatusCode.Conflict, await worker.ReportAsync(held, "completed"));
        Assert.Equal(HttpStatusCode.Conflict, await worker.ReportAsync(held, "failed"));
        Assert.Equal(stats, await farm.StatsAsync(job));
        Assert.Equal(0, (int)(await farm.DeadlineTaskAsync(job, 1))["Errs"]!);
    }

    private static async Task<(JsonObject Job, TestWorker Worker, JsonObject Held)> JobInAllStatesAsync(TestFarm farm)
    {
        var job = await farm.SubmitFramesAsync(Before.Length);
        var worker = await farm.AwakeAsync("a");
        await farm.AwakeAsync("b");
        await worker.TakeAndFailAsync();
        var held = await worker.TakeAsync();
        var tasks = await farm.TasksAsync(job);
        foreach (var (place, status) in new[] { (3, "paused"), (4, "canceled"), (5, "completed") })
        {
            using var answer = await farm.Client.PostAsJsonAsync($"/api/v3/tasks/{tasks[place]["id"]}/setstatus", new { status, reason = "test" });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        await farm.DoAsync(job, "fail", "6");
        await farm.DoAsync(job, "pend", "7");
        Assert.Equal(Before, await farm.StatsAsync(job));
        return (job, worker, held);
    }
}
