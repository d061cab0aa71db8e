using System.Net.Http.Json;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>Workers as people look after them, and the status of the farm (Contracts/Flamenco/Contract.md sections 4.8 and 6.4).</summary>
public sealed class WorkerManagementTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/setstatus")]
    public async Task An_unknown_worker_is_404_and_a_malformed_id_400(string method, string operation)
    {
        var farm = shared.Farm;
        foreach (var (id, status) in new[] { (Answers.Nobody, 404), ("no-id", 400) })
        {
            var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v3/worker-mgt/workers/{id}{operation}");
            if (method == "POST") request.Content = JsonContent.Create(new { status = "asleep", is_lazy = false });
            await farm.Client.SendAsync(request).IsRefusedAsync(status);
        }
    }

    [Theory]
    [InlineData("""{"status":"asleep"}""", "\"is_lazy\"")]
    [InlineData("""{"is_lazy":true}""", "\"status\"")]
    [InlineData("""{"status":"drowsy","is_lazy":true}""", "\"status\"")]
    [InlineData("""{"status":"asleep","is_lazy":"no"}""", "\"is_lazy\"")]
    public async Task An_invalid_status_request_is_rejected(string body, string says)
    {
        var farm = shared.Farm;
        var worker = await farm.AwakeAsync();
        Assert.Contains(says, await farm.Client.PostTextAsync($"/api/v3/worker-mgt/workers/{worker.Id}/setstatus", body).IsRefusedAsync(400));
        await worker.StateAsync().IsEmptyAsync();
    }

    [Fact]
    public async Task Only_a_worker_that_can_restart_can_be_told_to()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await farm.AskWorkerAsync(worker, "restart").IsRefusedAsync(412);
        await worker.SignOnAsync(canRestart: true);
        await farm.AskWorkerAsync(worker, "restart").IsEmptyAsync();
        Assert.Equal("restart", (string)(await worker.StateAsync().IsJsonAsync())["status_requested"]!);
    }

    [Fact]
    public async Task The_newest_status_request_wins_and_one_for_the_current_status_clears_it()
    {
        await using var farm = await TestFarm.StartAsync();
        var worker = await farm.AwakeAsync();
        await farm.AskWorkerAsync(worker, "offline").IsEmptyAsync();
        await farm.AskWorkerAsync(worker, "asleep").IsEmptyAsync();
        Assert.Equal("asleep", (string)(await worker.StateAsync().IsJsonAsync())["status_requested"]!);
        await farm.AskWorkerAsync(worker, "awake").IsEmptyAsync();
        await worker.StateAsync().IsEmptyAsync();
    }

    [Fact]
    public async Task A_deleted_worker_is_rejected_and_its_task_is_requeued()
    {
        await using var farm = await TestFarm.StartAsync();
        var job = await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        await worker.TakeAsync();
        await farm.Client.DeleteAsync($"/api/v3/worker-mgt/workers/{worker.Id}").IsEmptyAsync();
        Assert.Equal("queued", (string)(await farm.TasksAsync(job))[0]["status"]!);
        await worker.ScheduleAsync().IsRefusedAsync(403);
        await worker.SignOnAsync().IsRefusedAsync(403);
        Assert.Equal("""{"workers":[]}""", (await farm.GetAsync("/api/v3/worker-mgt/workers")).ToJsonString());
        await farm.Client.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}").IsRefusedAsync(404);
    }

    [Fact]
    public async Task A_worker_shows_its_current_or_last_task()
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.SubmitEchoAsync();
        var worker = await farm.AwakeAsync();
        Assert.Null((await farm.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}"))["task"]);
        var echo = await worker.TakeAsync();
        Assert.Equal(("active", (string)echo["uuid"]!), await TaskOfAsync(farm, worker));
        await worker.ReportAsync(echo, "completed");
        Assert.Equal(("completed", (string)echo["uuid"]!), await TaskOfAsync(farm, worker));
        var sleep = await worker.TakeAsync();
        Assert.Equal(("active", (string)sleep["uuid"]!), await TaskOfAsync(farm, worker));
    }

    [Fact]
    public async Task The_status_of_the_farm_follows_jobs_and_workers()
    {
        await using var farm = await TestFarm.StartAsync();
        Assert.Equal("starting", await StatusOfAsync(farm));
        farm.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("inoperative", await StatusOfAsync(farm));
        var worker = await farm.RegisterAsync();
        Assert.Equal("inoperative", await StatusOfAsync(farm));
        await worker.SignOnAsync();
        await worker.BecomeAsync("asleep");
        Assert.Equal("asleep", await StatusOfAsync(farm));
        await worker.BecomeAsync("awake");
        Assert.Equal("idle", await StatusOfAsync(farm));
        await farm.SubmitEchoAsync();
        Assert.Equal("waiting", await StatusOfAsync(farm));
        await worker.TakeAsync();
        Assert.Equal("active", await StatusOfAsync(farm));
        await worker.BecomeAsync("error");
        Assert.Equal("inoperative", await StatusOfAsync(farm));
    }

    private static async Task<(string Status, string Id)> TaskOfAsync(TestFarm farm, TestWorker worker)
    {
        var task = (await farm.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}"))["task"]!;
        return ((string)task["status"]!, (string)task["id"]!);
    }

    private static async Task<string> StatusOfAsync(TestFarm farm) => (string)(await farm.GetAsync("/api/v3/status"))["status"]!;
}
