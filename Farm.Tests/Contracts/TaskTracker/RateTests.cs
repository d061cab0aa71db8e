using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>How fast tasks are submitted and handed out (Contracts/TaskTracker/Contract.md section 5.7).</summary>
public sealed class RateTests : IAsyncLifetime
{
    private TestFarm _farm = null!;

    public async Task InitializeAsync() => _farm = await TestFarm.StartAsync();

    public async Task DisposeAsync() => await _farm.DisposeAsync();

    [Fact]
    public async Task At_two_per_second_the_second_immediate_submit_is_rejected_with_a_delay()
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
    public async Task At_two_per_second_the_second_immediate_task_is_not_handed_out_to_any_worker()
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
    public async Task A_bulk_submission_passes_with_one_token_and_overdraws_the_bucket()
    {
        var (project, worker, _) = await _farm.PublicProjectAsync("\"submit_rate\":2");
        string[] five = [.. Enumerable.Range(0, 5).Select(i => $$"""{"project":{{project}},"recipe":"{{i}}"}""")];
        (await _farm.BulkAsync(worker, five)).Good();
        Assert.Equal(2.5, (double)(await _farm.BulkAsync(worker, five)).Refused(429).Json["rate_limit_delay"]!);
        _farm.Time.Advance(TimeSpan.FromSeconds(2.5));
        (await _farm.SubmitAsync(worker, project)).Good();
    }

    [Fact]
    public async Task Unsuccessful_requests_cost_no_tokens()
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
    public async Task Updating_the_project_resets_the_rate_limits()
    {
        var (project, worker, owner) = await _farm.PublicProjectAsync("\"submit_rate\":0.001,\"assign_rate\":0.001");
        (await _farm.SubmitAsync(worker, project)).Good();
        (await _farm.SubmitAsync(worker, project)).Refused(429);
        (await _farm.CallAsync("POST", $"/project/update/{project}", """{"name":"crawl","public":true,"submit_rate":0.001,"assign_rate":0.001}""", owner)).Good();
        (await _farm.SubmitAsync(worker, project)).Good();
        (await _farm.SubmitAsync(worker, project)).Refused(429);
    }

    [Fact]
    public async Task Rates_are_per_project_and_optional()
    {
        var (slow, worker, owner) = await _farm.PublicProjectAsync("\"submit_rate\":0.001");
        var fast = await _farm.ProjectAsync(owner, "fast", "\"public\":true,\"submit_rate\":0");
        await _farm.GrantAsync(owner, fast, worker, "\"submit\":true");
        (await _farm.SubmitAsync(worker, slow)).Good();
        for (var i = 0; i < 5; i++) (await _farm.SubmitAsync(worker, fast)).Good();
        (await _farm.SubmitAsync(worker, slow)).Refused(429);
    }
}
