using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Tasks are handed out (Contracts/TaskTracker/Contract.md sections 2.2, 4.2 and 5.1).</summary>
public sealed class HandoutTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    private readonly TestFarm _farm = shared.Farm;

    [Fact]
    public async Task The_highest_priority_goes_first_and_then_the_oldest()
    {
        var (project, worker, _) = await NewAsync();
        foreach (var (recipe, priority) in new[] { ("a", 0), ("b", 5), ("c", -3), ("d", 5), ("e", 0) })
            (await _farm.SubmitAsync(worker, project, recipe, $"\"priority\":{priority}")).Good();
        foreach (var recipe in new[] { "b", "d", "a", "e", "c" }) Assert.Equal(recipe, (string?)(await _farm.TakeAsync(worker, project))["recipe"]);
        await _farm.NoTaskAsync(worker, project);
    }

    [Fact]
    public async Task A_requeued_task_keeps_its_position()
    {
        var (project, worker, _) = await NewAsync();
        foreach (var recipe in new[] { "a", "b" }) (await _farm.SubmitAsync(worker, project, recipe)).Good();
        var first = await _farm.TakeAsync(worker, project);
        Assert.True(await _farm.UpdatedAsync(worker, first, result: 2));
        Assert.Equal("a", (string?)(await _farm.TakeAsync(worker, project))["recipe"]);
    }

    [Theory]
    [InlineData("0", 400)]
    [InlineData("nonsense", 400)]
    [InlineData("-1", 400)]
    [InlineData("99999", 404)]
    [InlineData("99999999999999999999", 404)]
    public async Task An_unknown_project_has_no_tasks(string id, int status)
    {
        var worker = await _farm.TrackerWorkerAsync("node");
        var answer = (await _farm.CallAsync("GET", $"/task/get/{id}", by: worker)).Refused(status);
        Assert.False(answer.Json.ContainsKey("rate_limit_delay"));
    }

    [Theory]
    [InlineData("GET", "/task/get")]
    [InlineData("GET", "/task/get/")]
    [InlineData("POST", "/task/get/1")]
    [InlineData("GET", "/task/submit")]
    [InlineData("GET", "/task/release")]
    [InlineData("GET", "/Task/get/1")]
    [InlineData("GET", "/worker/create")]
    [InlineData("GET", "/worker/nothing")]
    public async Task An_unknown_route_is_404_in_plain_text(string method, string path)
    {
        var answer = await _farm.CallAsync(method, path, by: await _farm.TrackerWorkerAsync("node"));
        Assert.Equal((404, "Not found"), (answer.Status, answer.Text));
    }

    /// <summary>The table of section 2.2: who takes tasks of which project.</summary>
    [Theory]
    [InlineData("\"public\":true", "", true)]
    [InlineData("\"public\":true", "\"assign\":true", true)]
    [InlineData("\"public\":true", "\"submit\":true", true)]
    [InlineData("", "", false)]
    [InlineData("", "\"assign\":true", true)]
    [InlineData("", "\"submit\":true", true)]
    [InlineData("\"hidden\":true", "", false)]
    [InlineData("\"hidden\":true", "\"assign\":true", true)]
    [InlineData("\"hidden\":true", "\"submit\":true", true)]
    public async Task Access_to_tasks_follows_the_table(string visibility, string wants, bool may)
    {
        var owner = await _farm.PersonAsync($"owner {Guid.NewGuid():N}", administrator: true);
        var project = await _farm.ProjectAsync(owner, $"p{Guid.NewGuid():N}", visibility);
        var submitter = await _farm.TrackerWorkerAsync("submitter");
        await _farm.GrantAsync(owner, project, submitter, "\"submit\":true");
        (await _farm.SubmitAsync(submitter, project)).Good();
        var worker = await _farm.TrackerWorkerAsync("node");
        if (wants.Length > 0)
        {
            (await _farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{project}},{{wants}}}""", worker)).Good();
            if (visibility != "\"public\":true") await _farm.NoTaskAsync(worker, project);
            (await _farm.CallAsync("POST", $"/project/accept_request/{project}/{worker.Worker!.Value.Id}", null, owner)).Good();
        }

        if (may) await _farm.TakeAsync(worker, project);
        else await _farm.NoTaskAsync(worker, project);
    }

    [Fact]
    public async Task A_paused_worker_is_rejected_before_the_project_is_checked()
    {
        var (project, worker, owner) = await NewAsync();
        for (var i = 0; i < 2; i++) (await _farm.SubmitAsync(worker, project)).Good();
        var task = await _farm.TakeAsync(worker, project);
        var pause = $$"""{"worker":{{worker.Worker!.Value.Id}},"paused":true}""";
        (await _farm.CallAsync("POST", "/worker/set_paused", pause, owner)).Good();
        foreach (var id in new[] { $"{project}", "nonsense", "99999" })
            Assert.Contains("paused", (await _farm.CallAsync("GET", $"/task/get/{id}", by: worker)).Refused(400).Message);
        Assert.True(await _farm.UpdatedAsync(worker, task));
        (await _farm.CallAsync("POST", "/worker/set_paused", pause.Replace("true", "false"), owner)).Good();
        await _farm.TakeAsync(worker, project);
    }

    [Fact]
    public async Task A_paused_worker_is_asleep_on_the_dashboard_and_vice_versa()
    {
        var (project, worker, owner) = await NewAsync();
        (await _farm.SubmitAsync(worker, project)).Good();
        (await _farm.CallAsync("POST", "/worker/set_paused", $$"""{"worker":{{worker.Worker!.Value.Id}},"paused":true}""", owner)).Good();
        var uuid = _farm.Service<FarmStore>().Read(db => WorkerTable.ById(db, worker.Worker!.Value.Id))!.Uuid;
        Assert.Equal("asleep", (string?)(await _farm.GetAsync($"/api/v3/worker-mgt/workers/{uuid}"))["status"]);

        using var wake = await _farm.Client.PostAsync(
            $"/api/v3/worker-mgt/workers/{uuid}/setstatus", new StringContent("""{"status":"awake","is_lazy":false}""", null, "application/json"));
        Assert.True(wake.IsSuccessStatusCode);
        await _farm.TakeAsync(worker, project);
        using var restart = await _farm.Client.PostAsync(
            $"/api/v3/worker-mgt/workers/{uuid}/setstatus", new StringContent("""{"status":"offline","is_lazy":false}""", null, "application/json"));
        Assert.False(restart.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_paused_project_or_job_hands_out_nothing()
    {
        var (project, worker, owner) = await NewAsync();
        var read = (await _farm.CallAsync("GET", $"/project/get/{project}")).Good().Content["project"]!;
        (await _farm.SubmitAsync(worker, project)).Good();
        var body = $$"""{"name":"{{read["name"]}}","public":true,"paused":true}""";
        (await _farm.CallAsync("POST", $"/project/update/{project}", body, owner)).Good();
        await _farm.NoTaskAsync(worker, project);
        (await _farm.SubmitAsync(worker, project, "second")).Good();
        (await _farm.CallAsync("POST", $"/project/update/{project}", body.Replace("\"paused\":true", "\"paused\":false"), owner)).Good();

        var job = _farm.Service<FarmStore>().Read(db => JobTable.ById(db, project))!.Uuid;
        await _farm.Service<JobControl>().DoAsync(Caller.Farm, job, JobVerb.Pause, "test");
        await _farm.NoTaskAsync(worker, project);
        (await _farm.SubmitAsync(worker, project, "third")).Good();
        await _farm.NoTaskAsync(worker, project);
        await _farm.Service<JobControl>().DoAsync(Caller.Farm, job, JobVerb.Resume, "test");
        foreach (var recipe in new[] { "do it", "second", "third" }) Assert.Equal(recipe, (string?)(await _farm.TakeAsync(worker, project))["recipe"]);
    }

    [Fact]
    public async Task A_task_is_returned_with_the_current_project()
    {
        var (project, worker, owner) = await NewAsync();
        (await _farm.SubmitAsync(worker, project)).Good();
        (await _farm.CallAsync("POST", $"/project/update/{project}", $$"""{"name":"n{{Guid.NewGuid():N}}","public":true,"version":"2b"}""", owner)).Good();
        Assert.Equal("2b", (string?)(await _farm.TakeAsync(worker, project))["project"]!["version"]);
    }

    private Task<(long Project, TrackerCaller Worker, TrackerCaller Owner)> NewAsync() => _farm.PublicProjectAsync(name: $"p{Guid.NewGuid():N}");
}
