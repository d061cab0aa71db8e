using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.TaskTracker;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Contracts/TaskTracker/Contract.md sections 4.4, 5.4 and 5.8: what a project has, and what managers do to all its tasks.</summary>
public sealed class MonitoringTests
{
    [Fact]
    public async Task Snapshots_are_taken_and_deleted_periodically()
    {
        var settings = new TrackerSettings
        {
            Projects = new ProjectSettings { SnapshotInterval = TimeSpan.FromMinutes(2), SnapshotHistory = TimeSpan.FromMinutes(5) },
        };
        await using var farm = await TestFarm.StartAsync(
            contracts: new Dictionary<string, ContractSettings> { ["task_tracker"] = new() { Own = settings } });
        var owner = await farm.PersonAsync("owner");
        var id = await farm.ProjectAsync(owner, "shot");
        var start = farm.Time.GetUtcNow().ToUnixTimeSeconds();
        for (var tick = 1; tick <= 4; tick++)
        {
            var expected = start + tick * 120;
            farm.Time.Advance(TimeSpan.FromMinutes(2));
            for (var waited = 0; waited < 600 && (await TimesAsync(farm, id, "?count=1")).FirstOrDefault() != expected; waited++) await Task.Delay(50);
        }

        await farm.Service<ProjectSnapshots>().RemoveOldAsync();
        Assert.Equal([start + 480, start + 360, start + 240], await TimesAsync(farm, id, "?count=999"));
        Assert.Equal([start + 480, start + 360], await TimesAsync(farm, id, "?count=2"));
        Assert.Equal([start + 360, start + 240], await TimesAsync(farm, id, $"-between?from={start + 240}&to={start + 360}"));
        Assert.Empty(await TimesAsync(farm, id, $"-between?from={start + 361}&to={start + 479}"));
    }

    [Theory]
    [InlineData("/project/monitoring/1")]
    [InlineData("/project/monitoring/1?count=0")]
    [InlineData("/project/monitoring/1?count=-1")]
    [InlineData("/project/monitoring/1?count=1000")]
    [InlineData("/project/monitoring/1?count=x")]
    [InlineData("/project/monitoring/x?count=1")]
    [InlineData("/project/monitoring-between/1")]
    [InlineData("/project/monitoring-between/1?from=0&to=1")]
    [InlineData("/project/monitoring-between/1?from=1")]
    [InlineData("/project/monitoring-between/1?from=1&to=2147483647")]
    [InlineData("/project/monitoring-between/1?from=a&to=b")]
    [InlineData("/project/monitoring-between/0?from=1&to=2")]
    public async Task What_cannot_be_read_is_refused(string path)
    {
        await using var farm = await TestFarm.StartAsync();
        await farm.ProjectAsync(await farm.PersonAsync("owner"), "shot");
        (await farm.CallAsync("GET", path)).Refused(400);
    }

    [Fact]
    public async Task An_unknown_project_has_no_monitoring_data()
    {
        await using var farm = await TestFarm.StartAsync();
        Assert.Empty(await TimesAsync(farm, 2147483648, "?count=1"));
        Assert.Empty(await TimesAsync(farm, 99, "-between?from=1&to=2"));
    }

    [Fact]
    public async Task A_snapshot_has_the_current_counts()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node");
        var id = await farm.ProjectAsync(owner, "shot");
        await farm.GrantAsync(owner, id, worker, "\"assign\":true");
        (await farm.CallAsync("POST", "/project/request_access", $$"""{"project":{{id}},"assign":true}""", await farm.TrackerWorkerAsync("other"))).Good();
        await farm.AddTasksAsync(id, 9);
        await BecomeAsync(farm, id, 0, TaskStatus.Failed);
        await BecomeAsync(farm, id, 1, TaskStatus.Failed);
        await BecomeAsync(farm, id, 2, TaskStatus.Completed);
        await BecomeAsync(farm, id, 3, TaskStatus.Canceled);
        await BecomeAsync(farm, id, 4, TaskStatus.Paused);
        await HoldAsync(farm, id, 5, worker);
        await farm.Service<FarmStore>().WriteAsync(tx => ProjectTable.CountClosed(tx.Db, id));
        await farm.SnapshotAsync();
        var snapshot = (await farm.CallAsync("GET", $"/project/monitoring/{id}?count=1")).Good().Content["snapshots"]![0]!;
        Assert.Equal((5, 2, 1, 2, 0), (
            (int)snapshot["new_task_count"]!, (int)snapshot["failed_task_count"]!, (int)snapshot["closed_task_count"]!,
            (int)snapshot["worker_access_count"]!, (int)snapshot["awaiting_verification_count"]!));
    }

    [Fact]
    public async Task Assignees_are_counted_fewest_first_and_sixteen_at_most()
    {
        await using var farm = await TestFarm.StartAsync();
        var id = await farm.ProjectAsync(await farm.PersonAsync("owner"), "shot");
        await farm.AddTasksAsync(id, 40);
        for (var i = 0; i < 17; i++)
        {
            var worker = await farm.TrackerWorkerAsync($"node {i:00}");
            await HoldAsync(farm, id, i, worker);
            if (i == 0) await HoldAsync(farm, id, 17, worker);
        }

        await BecomeAsync(farm, id, 18, TaskStatus.Failed);
        await BecomeAsync(farm, id, 19, TaskStatus.Completed);
        var all = (await farm.CallAsync("GET", $"/project/assignees/{id}")).Good().Content["assignees"]!.AsArray();
        Assert.Equal(Enumerable.Range(1, 16).Select(i => $"node {i:00} 1"), all.Select(entry => $"{entry!["assignee"]} {entry["task_count"]}"));

        var few = await farm.ProjectAsync(await farm.PersonAsync("another"), "few");
        await farm.AddTasksAsync(few, 3);
        await BecomeAsync(farm, few, 0, TaskStatus.Failed);
        await HoldAsync(farm, few, 1, (await farm.TrackerWorkerAsync("last")));
        var entries = (await farm.CallAsync("GET", $"/project/assignees/{few}")).Good().Content["assignees"]!.AsArray();
        Assert.Equal(["last 1", "unassigned 2"], entries.Select(entry => $"{entry!["assignee"]} {entry["task_count"]}"));
    }

    [Fact]
    public async Task Failed_tasks_are_reset_assigned_ones_reclaimed_and_a_hard_reset_cancels_all()
    {
        await using var farm = await TestFarm.StartAsync();
        var owner = await farm.PersonAsync("owner");
        var worker = await farm.TrackerWorkerAsync("node");
        var id = await farm.ProjectAsync(owner, "shot");
        await farm.AddTasksAsync(id, 8);
        foreach (var task in new[] { 0, 2, 3 }) await BecomeAsync(farm, id, task, TaskStatus.Failed);
        await BecomeAsync(farm, id, 1, TaskStatus.Completed);
        await BecomeAsync(farm, id, 4, TaskStatus.Canceled);
        await HoldAsync(farm, id, 5, worker);
        await HoldAsync(farm, id, 6, worker);

        Assert.Equal(3, await AffectedAsync(farm, owner, $"reset_failed_tasks/{id}"));
        Assert.Equal(0, await AffectedAsync(farm, owner, $"reset_failed_tasks/{id}"));
        Assert.Equal(2, await AffectedAsync(farm, owner, $"reclaim_assigned_tasks/{id}"));
        Assert.Equal(0, await AffectedAsync(farm, owner, $"reclaim_assigned_tasks/{id}"));
        Assert.Equal((6, 1, 1), Counts(farm, id));
        await HoldAsync(farm, id, 7, worker);
        Assert.Equal(6, await AffectedAsync(farm, owner, $"hard_reset/{id}"));
        Assert.Equal(0, await AffectedAsync(farm, owner, $"hard_reset/{id}"));
        Assert.Equal((0, 1, 7), Counts(farm, id));
        Assert.Empty((await farm.CallAsync("GET", $"/project/assignees/{id}")).Good().Content["assignees"]!.AsArray());
        await farm.AddTasksAsync(id, 1);
        Assert.Equal((1, 1, 7), Counts(farm, id));
    }

    [Fact]
    public async Task An_unknown_project_has_no_tasks_to_change()
    {
        await using var farm = await TestFarm.StartAsync();
        var admin = await farm.PersonAsync("admin", administrator: true);
        foreach (var verb in new[] { "reset_failed_tasks", "hard_reset", "reclaim_assigned_tasks" })
        {
            Assert.Equal(0, await AffectedAsync(farm, admin, $"{verb}/99"));
            (await farm.CallAsync("POST", $"/project/{verb}/0", null, admin)).Refused(400);
        }
    }

    private static async Task<long[]> TimesAsync(TestFarm farm, long id, string query)
    {
        var path = query.StartsWith('-') ? query.Replace("?", $"/{id}?") : $"/{id}{query}";
        return [.. (await farm.CallAsync("GET", $"/project/monitoring{path}")).Good().Content["snapshots"]!.AsArray().Select(entry => (long)entry!["time_stamp"]!)];
    }

    private static async Task<long> AffectedAsync(TestFarm farm, TrackerCaller by, string path)
    {
        var affected = (long)(await farm.CallAsync("POST", $"/project/{path}", "null", by)).Good().Content["affected_tasks"]!;
        Invariants.Check(farm.Service<FarmStore>());
        return affected;
    }

    private static (long Queued, long Completed, long Canceled) Counts(TestFarm farm, long id) =>
        farm.Service<FarmStore>().Read(db => JobTable.ById(db, id)!).Tasks is var tasks ? (tasks.Queued, tasks.Completed, tasks.Canceled) : default;

    private static Task BecomeAsync(TestFarm farm, long id, int task, TaskStatus status) => farm.Service<FarmStore>().WriteAsync(tx =>
        farm.Service<TaskTransitions>().Apply(tx, TaskTable.ByNumber(tx.Db, id, task)!, new TaskChange(status, TaskCause.Job)));

    private static Task HoldAsync(TestFarm farm, long id, int task, TrackerCaller worker) => farm.Service<FarmStore>().WriteAsync(tx =>
    {
        var holder = WorkerTable.ById(tx.Db, worker.Worker!.Value.Id)!;
        farm.Service<TaskTransitions>().HandOut(tx, TaskTable.ByNumber(tx.Db, id, task)!, holder);
    });
}
