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
    public async Task Ids_of_no_worker_are_404_and_what_is_no_id_is_400(string method, string operation)
    {
        var farm = shared.Farm;
        foreach (var (id, status) in new[] { (Answers.Nobody, 404), ("no-id", 400) })
        {
            var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v3/worker-mgt/workers/{id}{operation}");
            if (method == "POST") request.Content = JsonContent.Create(new { status = "asleep", is_lazy = false });
            await farm.Client.SendAsync(request).IsRefused(status);
        }
    }

    [Theory]
    [InlineData("""{"status":"asleep"}""", "\"is_lazy\"")]
    [InlineData("""{"is_lazy":true}""", "\"status\"")]
    [InlineData("""{"status":"drowsy","is_lazy":true}""", "\"status\"")]
    [InlineData("""{"status":"asleep","is_lazy":"no"}""", "\"is_lazy\"")]
    public async Task A_request_that_makes_no_sense_is_refused(string body, string says)
    {
        var farm = shared.Farm;
        var worker = await farm.Awake();
        Assert.Contains(says, await farm.Client.PostText($"/api/v3/worker-mgt/workers/{worker.Id}/setstatus", body).IsRefused(400));
        await worker.State().IsEmpty();
    }

    [Fact]
    public async Task Only_a_worker_that_can_restart_can_be_asked_to()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await farm.AskWorker(worker, "restart").IsRefused(412);
        await worker.SignOn(canRestart: true);
        await farm.AskWorker(worker, "restart").IsEmpty();
        Assert.Equal("restart", (string)(await worker.State().IsJson())["status_requested"]!);
    }

    [Fact]
    public async Task The_newest_request_wins_and_one_for_the_present_status_clears_the_slot()
    {
        await using var farm = await TestFarm.Start();
        var worker = await farm.Awake();
        await farm.AskWorker(worker, "offline").IsEmpty();
        await farm.AskWorker(worker, "asleep").IsEmpty();
        Assert.Equal("asleep", (string)(await worker.State().IsJson())["status_requested"]!);
        await farm.AskWorker(worker, "awake").IsEmpty();
        await worker.State().IsEmpty();
    }

    [Fact]
    public async Task A_removed_worker_is_refused_from_then_on_and_its_task_goes_back()
    {
        await using var farm = await TestFarm.Start();
        var job = await farm.SubmitEcho();
        var worker = await farm.Awake();
        await worker.Take();
        await farm.Client.DeleteAsync($"/api/v3/worker-mgt/workers/{worker.Id}").IsEmpty();
        Assert.Equal("queued", (string)(await farm.Tasks(job))[0]["status"]!);
        await worker.Schedule().IsRefused(403);
        await worker.SignOn().IsRefused(403);
        Assert.Equal("""{"workers":[]}""", (await farm.Get("/api/v3/worker-mgt/workers")).ToJsonString());
        await farm.Client.GetAsync($"/api/v3/worker-mgt/workers/{worker.Id}").IsRefused(404);
    }

    [Fact]
    public async Task A_worker_shows_the_task_that_it_has_or_else_had_last()
    {
        await using var farm = await TestFarm.Start();
        await farm.SubmitEcho();
        var worker = await farm.Awake();
        Assert.Null((await farm.Get($"/api/v3/worker-mgt/workers/{worker.Id}"))["task"]);
        var echo = await worker.Take();
        Assert.Equal(("active", (string)echo["uuid"]!), await TaskOf(farm, worker));
        await worker.Report(echo, "completed");
        Assert.Equal(("completed", (string)echo["uuid"]!), await TaskOf(farm, worker));
        var sleep = await worker.Take();
        Assert.Equal(("active", (string)sleep["uuid"]!), await TaskOf(farm, worker));
    }

    [Fact]
    public async Task The_status_of_the_farm_follows_jobs_and_workers()
    {
        await using var farm = await TestFarm.Start();
        Assert.Equal("starting", await StatusOf(farm));
        farm.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("inoperative", await StatusOf(farm));
        var worker = await farm.Register();
        Assert.Equal("inoperative", await StatusOf(farm));
        await worker.SignOn();
        await worker.Become("asleep");
        Assert.Equal("asleep", await StatusOf(farm));
        await worker.Become("awake");
        Assert.Equal("idle", await StatusOf(farm));
        await farm.SubmitEcho();
        Assert.Equal("waiting", await StatusOf(farm));
        await worker.Take();
        Assert.Equal("active", await StatusOf(farm));
        await worker.Become("error");
        Assert.Equal("inoperative", await StatusOf(farm));
    }

    private static async Task<(string Status, string Id)> TaskOf(TestFarm farm, TestWorker worker)
    {
        var task = (await farm.Get($"/api/v3/worker-mgt/workers/{worker.Id}"))["task"]!;
        return ((string)task["status"]!, (string)task["id"]!);
    }

    private static async Task<string> StatusOf(TestFarm farm) => (string)(await farm.Get("/api/v3/status"))["status"]!;
}
