using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>How fast tasks are submitted and handed out (Contracts/TaskTracker/Contract.md section 5.7).</summary>
public sealed class RateTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task At_two_a_second_the_second_immediate_submit_is_refused_with_the_time_to_wait()
    {
        var (project, worker, _) = await _farm.PublicProjectAsync("\"submit_rate\":2");
        (await _farm.SubmitAsync(worker, project)).Good();
        var refused = (await _farm.SubmitAsync(worker, project)).Refused(429);
        Assert.Equal(0.5, (double)refused.Json["rate_limit_delay"]!);
        Assert.Equal("1", Assert.Single(refused.Response.Headers.GetValues("Retry-After")));
        _farm.Time.Advance(TimeSpan.FromSeconds(0.25));
        Assert.Equal(0.25, (double)(await _farm.SubmitAsync(worker, project)).Refused(429).Json["rate_limit_delay"]!);
        _farm.Time.Advance(TimeSpan.FromSeconds(0.25));
        (await _farm.SubmitAsync(worker, project)).Good();
    }

    [Fact]
    public async Task At_two_a_second_the_second_immediate_task_is_not_handed_out_whoever_asks()
    {
        var (project, worker, _) = await _farm.PublicProjectAsync("\"assign_rate\":2");
        for (var i = 0; i < 3; i++) (await _farm.SubmitAsync(worker, project)).Good();
        await _farm.TakeAsync(worker, project);
        (await _farm.AskAsync(worker, project)).Refused(429);
        Assert.Equal(0.5, (double)(await _farm.AskAsync(await _farm.TrackerWorkerAsync("other"), project)).Refused(429).Json["rate_limit_delay"]!);
        _farm.Time.Advance(TimeSpan.FromSeconds(0.5));
        await _farm.TakeAsync(worker, project);
    }

    [Fact]
    public async Task A_bulk_passes_when_a_task_may_and_leaves_a_debt()
    {
        var (project, worker, _) = await _farm.PublicProjectAsync("\"submit_rate\":2");
        string[] five = [.. Enumerable.Range(0, 5).Select(i => $$"""{"project":{{project}},"recipe":"{{i}}"}""")];
        (await _farm.BulkAsync(worker, five)).Good();
        Assert.Equal(2.5, (double)(await _farm.BulkAsync(worker, five)).Refused(429).Json["rate_limit_delay"]!);
        _farm.Time.Advance(TimeSpan.FromSeconds(2.5));
        (await _farm.SubmitAsync(worker, project)).Good();
    }

    [Fact]
    public async Task What_was_not_stored_or_not_handed_out_costs_nothing()
    {
        var (project, worker, _) = await _farm.PublicProjectAsync("\"submit_rate\":0.01,\"assign_rate\":0.01");
        var stranger = await _farm.TrackerWorkerAsync("stranger");
        for (var i = 0; i < 3; i++)
        {
            (await _farm.SubmitAsync(stranger, project)).Refused(400);
            (await _farm.SubmitAsync(worker, project, more: "\"max_retries\":-1")).Refused(400);
            await _farm.NoTaskAsync(worker, project);
        }

        (await _farm.SubmitAsync(worker, project, more: "\"hash64\":1")).Good();
        _farm.Time.Advance(TimeSpan.FromSeconds(100));
        for (var i = 0; i < 3; i++) (await _farm.SubmitAsync(worker, project, more: "\"hash64\":1")).Refused(400);
        (await _farm.SubmitAsync(worker, project)).Good();
        await _farm.TakeAsync(worker, project);
        (await _farm.AskAsync(worker, project)).Refused(429);
    }

    [Fact]
    public async Task A_change_of_the_project_fills_the_buckets()
    {
        var (project, worker, owner) = await _farm.PublicProjectAsync("\"submit_rate\":0.001,\"assign_rate\":0.001");
        (await _farm.SubmitAsync(worker, project)).Good();
        (await _farm.SubmitAsync(worker, project)).Refused(429);
        (await _farm.CallAsync("POST", $"/project/update/{project}", """{"name":"crawl","public":true,"submit_rate":0.001,"assign_rate":0.001}""", owner)).Good();
        (await _farm.SubmitAsync(worker, project)).Good();
        (await _farm.SubmitAsync(worker, project)).Refused(429);
    }

    [Fact]
    public async Task A_rate_is_that_of_its_project_and_none_is_none()
    {
        var (slow, worker, owner) = await _farm.PublicProjectAsync("\"submit_rate\":0.001");
        var fast = await _farm.ProjectAsync(owner, "fast", "\"public\":true,\"submit_rate\":0");
        await _farm.GrantAsync(owner, fast, worker, "\"submit\":true");
        (await _farm.SubmitAsync(worker, slow)).Good();
        for (var i = 0; i < 5; i++) (await _farm.SubmitAsync(worker, fast)).Good();
        (await _farm.SubmitAsync(worker, slow)).Refused(429);
    }
}
