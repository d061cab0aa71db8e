using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.Store.Engine;
using Farm.Tests.Contracts.Deadline;
using Farm.Tests.Operations.Model;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>Contracts/FlowServ/Contract.md sections 2.9 and 7: the end of a run is final, whatever is asked of its job through other contracts.</summary>
public sealed class FinalityTests : FlowServTest
{
    public static TheoryData<string> Ends => ["SUCCESS", "ERROR", "CANCELED"];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task The_job_of_a_finished_run_cannot_change_status(string end)
    {
        var run = await EndedAsync(end);
        var before = (await Farm.SayAsync("GET", $"runs/{run}", Alice)).Text;
        var job = new JsonObject { ["id"] = Guid.ParseExact(run, "N").ToString("D") };
        foreach (var status in (string[])["requeueing", "queued", "active", "cancel-requested", "failed", "completed", "paused", "pause-requested"])
        {
            using var answer = await Farm.Farm.SetJobAsync(job, status);
            Assert.Equal((status, false), (status, answer.IsSuccessStatusCode));
        }

        var task = (await Farm.Farm.TasksAsync(job)).Single();
        foreach (var status in (string[])["queued", "paused", "canceled", "failed", "completed"])
        {
            using var answer = await Farm.Farm.Client.PostAsJsonAsync($"/api/v3/tasks/{task["id"]}/setstatus", new { status, reason = "test" });
            Assert.True(!answer.IsSuccessStatusCode || status == (string)task["status"]!, $"{status} {(int)answer.StatusCode}");
        }

        foreach (var command in (string[])["requeue", "suspend", "resumefailed", "complete", "fail", "pend"]) await Farm.Farm.CommandAsync(job, command);
        Assert.Equal(before, (await Farm.SayAsync("GET", $"runs/{run}", Alice)).Text);
        Invariants.Check(Farm.Farm.Service<FarmStore>());
        using var nothing = await (await Farm.WorkerAsync("other")).ScheduleAsync();
        Assert.Equal(204, (int)nothing.StatusCode);
    }

    [Fact]
    public async Task The_dashboard_does_not_offer_to_requeue_a_finished_run()
    {
        var job = Guid.ParseExact(await EndedAsync("SUCCESS"), "N");
        var reader = Farm.Farm.Service<IFarmReader>();

        Assert.True((await reader.FindJobAsync(job, CancellationToken.None))!.Job.EndsForGood);
        var tasks = await reader.ReadTasksAsync(job, new TaskQuery(new PageRequest(0, 9)), CancellationToken.None);
        Assert.True(Assert.Single(tasks.Rows).EndsForGood);
    }

    [Fact]
    public async Task Canceling_the_job_cancels_the_run()
    {
        var run = await StartedAsync();
        using (await Farm.Farm.SetJobAsync(Job(run), "cancel-requested"))
        {
            var handle = await Farm.DoAsync(200, "GET", $"runs/{run}", Alice);
            Assert.Equal(("CANCELED", """["canceled at user request"]"""), ((string)handle["state"]!, handle["messages"]!.ToJsonString()));
        }
    }

    [Fact]
    public async Task Pausing_or_requeueing_the_job_does_not_end_an_unfinished_run()
    {
        var run = await StartedAsync();
        using (await Farm.Farm.SetJobAsync(Job(run), "pause-requested")) Assert.Equal("PENDING", await StateAsync(run));
        using (await Farm.Farm.SetJobAsync(Job(run), "requeueing")) Assert.Equal("PENDING", await StateAsync(run));
        var worker = await Farm.WorkerAsync();
        var task = await worker.TakeAsync();
        using (await Farm.Farm.SetJobAsync(Job(run), "pause-requested")) Assert.Equal("RUNNING", await StateAsync(run));
        await worker.FinishAsync(task);
        Assert.Equal("SUCCESS", await StateAsync(run));
    }

    [Fact]
    public async Task Completing_the_job_by_hand_without_its_files_is_an_error()
    {
        var run = await StartedAsync();
        using (await Farm.Farm.SetJobAsync(Job(run), "completed")) Assert.Equal("ERROR", await StateAsync(run));
    }

    [Fact]
    public async Task Deleting_the_job_deletes_the_run()
    {
        var run = await StartedAsync();
        using (await Farm.Farm.Client.DeleteAsync($"/api/v3/jobs/{Job(run)["id"]}")) Assert.Equal(404, (await Farm.SayAsync("GET", $"runs/{run}", Alice)).Status);
    }

    [Fact]
    public async Task A_run_cannot_be_submitted_as_a_job()
    {
        Assert.DoesNotContain("flowserv-run", (await Farm.Farm.GetAsync("/api/v3/jobs/types")).ToJsonString());
        using var answer = await Farm.Farm.Client.PostAsJsonAsync("/api/v3/jobs", new { name = "x", type = "flowserv-run", priority = 50, submitter_platform = "linux" });
        Assert.False(answer.IsSuccessStatusCode);
    }

    private async Task<string> EndedAsync(string end)
    {
        if (end == "SUCCESS") return await SucceededAsync();
        var run = await StartedAsync();
        if (end == "CANCELED")
        {
            await Farm.DoAsync(200, "PUT", $"runs/{run}", Alice, "{}");
            return run;
        }

        var worker = await Farm.WorkerAsync();
        await worker.FailRunAsync(await worker.TakeAsync(), "no");
        return run;
    }

    private static JsonObject Job(string run) => new() { ["id"] = Guid.ParseExact(run, "N").ToString("D") };

    private async Task<string> StateAsync(string run) => (string)(await Farm.DoAsync(200, "GET", $"runs/{run}", Alice))["state"]!;
}
