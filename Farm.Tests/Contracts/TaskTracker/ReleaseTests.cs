using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Tasks are given back, closed and passed on (Contracts/TaskTracker/Contract.md sections 4.2 and 5.2 to 5.5).</summary>
public sealed class ReleaseTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    private readonly TestFarm _farm = shared.Farm;

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"task_id":0}""")]
    [InlineData("""{"task_id":"1"}""")]
    [InlineData("""{"task_id":1.0}""")]
    [InlineData("""{"task_id":1,"verification":9223372036854775808}""")]
    [InlineData("""{"task_id":1} x""")]
    public async Task An_invalid_release_is_rejected(string body) =>
        (await _farm.CallAsync("POST", "/task/release", body, await _farm.TrackerWorkerAsync("node"))).Refused(400);

    [Theory]
    [InlineData(99999)]
    [InlineData(-5)]
    [InlineData(2147483648)]
    [InlineData(long.MaxValue)]
    public async Task Releasing_an_unknown_task_updates_nothing(long task)
    {
        var worker = await _farm.TrackerWorkerAsync("node");
        for (var result = 0; result < 4; result++)
        {
            var answer = (await _farm.ReleaseAsync(worker, task, result)).Good();
            Assert.False((bool)answer.Content["updated"]!);
            Assert.False(string.IsNullOrEmpty(answer.Message));
        }
    }

    [Fact]
    public async Task A_task_without_verification_is_closed_only_by_its_worker()
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.SubmitAsync(worker, project)).Good();
        var task = await _farm.TakeAsync(worker, project);
        var other = await _farm.TrackerWorkerAsync("other");
        for (var result = 0; result < 3; result++) Assert.False(await _farm.UpdatedAsync(other, task, result));
        Assert.False(await _farm.UpdatedAsync(worker, task, result: 7));
        Assert.True(await _farm.UpdatedAsync(worker, task, verification: long.MinValue));
        Assert.False(await _farm.UpdatedAsync(worker, task));
        await _farm.NoTaskAsync(worker, project);
        Assert.Equal((1, 0), (await ClosedAsync(worker), await ClosedAsync(other)));
    }

    [Fact]
    public async Task The_default_result_of_a_release_is_ok()
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.SubmitAsync(worker, project)).Good();
        var task = await _farm.TakeAsync(worker, project);
        (await _farm.CallAsync("POST", "/task/release", $$"""{"task_id":{{task["id"]}}}""", worker)).Good();
        Assert.Equal(1, await ClosedAsync(worker));
    }

    [Fact]
    public async Task A_task_is_closed_when_enough_different_workers_report_the_same_verification()
    {
        var (project, first, _) = await NewAsync();
        (await _farm.SubmitAsync(first, project, more: "\"verification_count\":2")).Good();
        Assert.False(await _farm.UpdatedAsync(first, await _farm.TakeAsync(first, project), verification: -55));
        await _farm.NoTaskAsync(first, project);
        var second = await _farm.TrackerWorkerAsync("second");
        Assert.False(await _farm.UpdatedAsync(second, await _farm.TakeAsync(second, project), verification: 55));
        await _farm.NoTaskAsync(second, project);
        var third = await _farm.TrackerWorkerAsync("third");
        Assert.True(await _farm.UpdatedAsync(third, await _farm.TakeAsync(third, project), verification: -55));
        await _farm.NoTaskAsync(await _farm.TrackerWorkerAsync("fourth"), project);
        Assert.Equal((0, 0, 1), (await ClosedAsync(first), await ClosedAsync(second), await ClosedAsync(third)));
    }

    [Fact]
    public async Task A_release_that_needs_more_verifications_says_so()
    {
        var (project, worker, _) = await NewAsync();
        (await _farm.SubmitAsync(worker, project, more: "\"verification_count\":3")).Good();
        var answer = (await _farm.ReleaseAsync(worker, (long)(await _farm.TakeAsync(worker, project))["id"]!)).Good();
        Assert.Contains("more verifications", answer.Message);
    }

    [Fact]
    public async Task Failing_or_skipping_keeps_votes_and_allows_another_try()
    {
        var (project, first, _) = await NewAsync();
        (await _farm.SubmitAsync(first, project, more: "\"verification_count\":2,\"max_retries\":3")).Good();
        Assert.False(await _farm.UpdatedAsync(first, await _farm.TakeAsync(first, project), verification: 9));
        var second = await _farm.TrackerWorkerAsync("second");
        Assert.True(await _farm.UpdatedAsync(second, await _farm.TakeAsync(second, project), result: 2));
        Assert.True(await _farm.UpdatedAsync(second, await _farm.TakeAsync(second, project), result: 1));
        var again = await _farm.TakeAsync(second, project);
        Assert.Equal((1, 1), ((int)again["retries"]!, (int)again["status"]!));
        Assert.True(await _farm.UpdatedAsync(second, again, verification: 9));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public async Task A_task_is_not_handed_out_after_its_maximum_of_failures(int maxRetries, int attempts)
    {
        var (project, worker, owner) = await NewAsync();
        (await _farm.SubmitAsync(worker, project, more: $"\"max_retries\":{maxRetries}")).Good();
        for (var i = 0; i < attempts; i++)
        {
            var task = await _farm.TakeAsync(worker, project);
            Assert.Equal(i, (int)task["retries"]!);
            Assert.True(await _farm.UpdatedAsync(worker, task, result: 1));
        }

        await _farm.NoTaskAsync(worker, project);
        Assert.Equal(0, await ClosedAsync(worker));
        var reset = (await _farm.CallAsync("POST", $"/project/reset_failed_tasks/{project}", null, owner)).Good();
        Assert.Equal(1, (int)reset.Content["affected_tasks"]!);
        Assert.Equal(0, (int)(await _farm.TakeAsync(worker, project))["retries"]!);
    }

    [Fact]
    public async Task A_release_after_the_task_was_reclaimed_counts_only_once_the_worker_has_it_again()
    {
        var (project, worker, owner) = await NewAsync();
        (await _farm.SubmitAsync(worker, project)).Good();
        var task = await _farm.TakeAsync(worker, project);
        (await _farm.CallAsync("POST", $"/project/reclaim_assigned_tasks/{project}", null, owner)).Good();
        Assert.False(await _farm.UpdatedAsync(worker, task));
        Assert.Equal((long)task["id"]!, (long)(await _farm.TakeAsync(worker, project))["id"]!);
        Assert.True(await _farm.UpdatedAsync(worker, task));
    }

    [Fact]
    public async Task A_closed_task_is_copied_once_to_the_chained_project()
    {
        var (next, nextWorker, _) = await _farm.PublicProjectAsync("\"submit_rate\":0.0001", name: $"next{Guid.NewGuid():N}");
        var (project, worker, _) = await _farm.PublicProjectAsync($"\"chain\":{next}", name: $"first{Guid.NewGuid():N}");
        const string more = "\"priority\":7,\"max_retries\":3,\"max_assign_time\":99,\"verification_count\":2,\"hash64\":5";
        (await _farm.SubmitAsync(worker, project, "pass it on", more)).Good();
        var task = await _farm.TakeAsync(worker, project);
        await _farm.UpdatedAsync(worker, task, verification: 1);
        await _farm.NoTaskAsync(worker, next);
        Assert.True(await _farm.UpdatedAsync(nextWorker, await _farm.TakeAsync(nextWorker, project), verification: 1));

        var copy = await _farm.TakeAsync(worker, next);
        Assert.NotEqual((long)task["id"]!, (long)copy["id"]!);
        Assert.Equal(next, (long)copy["project"]!["id"]!);
        foreach (var field in new[] { "recipe", "priority", "max_retries", "max_assign_time", "verification_count" })
            Assert.Equal(task[field]!.ToJsonString(), copy[field]!.ToJsonString());
        Assert.Equal(0, (int)copy["retries"]!);
        (await _farm.SubmitAsync(nextWorker, next, more: "\"hash64\":5")).Refused(400);
    }

    [Fact]
    public async Task Failed_tasks_and_tasks_with_a_taken_hash_are_not_copied_to_the_chained_project()
    {
        var (next, worker, owner) = await NewAsync();
        var project = await _farm.ProjectAsync(owner, $"first{Guid.NewGuid():N}", $"\"public\":true,\"chain\":{next}");
        await _farm.GrantAsync(owner, project, worker, "\"submit\":true");
        (await _farm.SubmitAsync(worker, next, more: "\"hash64\":5")).Good();
        (await _farm.SubmitAsync(worker, project, more: "\"hash64\":5")).Good();
        (await _farm.SubmitAsync(worker, project, "fails")).Good();
        Assert.True(await _farm.UpdatedAsync(worker, await _farm.TakeAsync(worker, project)));
        Assert.True(await _farm.UpdatedAsync(worker, await _farm.TakeAsync(worker, project), result: 1));
        await _farm.TakeAsync(worker, next);
        await _farm.NoTaskAsync(worker, next);
        Assert.Equal(1, await ClosedAsync(worker));
    }

    [Fact]
    public async Task An_overdue_task_is_requeued_with_its_retries_and_votes()
    {
        await using var farm = await TestFarm.StartAsync();
        var (project, worker, _) = await farm.PublicProjectAsync();
        (await farm.SubmitAsync(worker, project, "short", "\"max_assign_time\":60,\"verification_count\":2,\"max_retries\":5")).Good();
        (await farm.SubmitAsync(worker, project, "usual")).Good();
        await farm.UpdatedAsync(worker, await farm.TakeAsync(worker, project), verification: 1);
        var other = await farm.TrackerWorkerAsync("other");
        Assert.True(await farm.UpdatedAsync(other, await farm.TakeAsync(other, project), result: 1));
        var task = await farm.TakeAsync(other, project);
        var usual = await farm.TakeAsync(worker, project);
        Assert.Equal(farm.Time.GetUtcNow().ToUnixTimeSeconds(), (long)task["assign_time"]!);

        farm.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, await farm.Service<RecipeTimeouts>().CheckAsync());
        farm.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await farm.Service<RecipeTimeouts>().CheckAsync());
        Assert.False(await farm.UpdatedAsync(other, task));
        var again = await farm.TakeAsync(other, project);
        Assert.Equal(("short", 1), ((string?)again["recipe"], (int)again["retries"]!));
        Assert.True(await farm.UpdatedAsync(other, again, verification: 1));

        farm.Time.Advance(TimeSpan.FromHours(1));
        // The clock may have done it by itself.
        await farm.Service<RecipeTimeouts>().CheckAsync();
        Assert.False(await farm.UpdatedAsync(worker, usual));
    }

    [Fact]
    public async Task Overdue_tasks_are_requeued_periodically()
    {
        await using var farm = await TestFarm.StartAsync();
        var (project, worker, _) = await farm.PublicProjectAsync();
        (await farm.SubmitAsync(worker, project, more: "\"max_assign_time\":1")).Good();
        await farm.TakeAsync(worker, project);
        var deadline = DateTime.UtcNow.AddSeconds(60);
        while (farm.Service<FarmStore>().Read(db => db.Number("SELECT count(*) FROM tasks WHERE status = 3")) > 0)
        {
            Assert.True(DateTime.UtcNow < deadline, "nothing was taken back");
            farm.Time.Advance(TimeSpan.FromMinutes(5));
            await Task.Yield();
        }

        await farm.TakeAsync(worker, project);
    }

    private async Task<long> ClosedAsync(TrackerCaller worker)
    {
        var stats = (await _farm.CallAsync("GET", "/worker/stats")).Good().Content["stats"]!.AsArray();
        return (long)stats.Single(entry => (long)entry!["id"]! == worker.Worker!.Value.Id)!["closed_task_count"]!;
    }

    private Task<(long Project, TrackerCaller Worker, TrackerCaller Owner)> NewAsync() => _farm.PublicProjectAsync(name: $"p{Guid.NewGuid():N}");
}
