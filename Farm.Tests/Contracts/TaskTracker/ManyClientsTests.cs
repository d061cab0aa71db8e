using System.Collections.Concurrent;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.TaskTracker;

/// <summary>Many clients at once: nothing is handed out twice, nothing is lost (Contracts/TaskTracker/Contract.md sections 5.1 and 7).</summary>
public sealed class ManyClientsTests
{
    private const int Clients = 16;
    private const int Each = 12;

    [Fact]
    public async Task Sixteen_concurrent_clients_close_each_task_once()
    {
        await using var farm = await TestFarm.StartAsync();
        var (project, _, owner) = await farm.PublicProjectAsync();
        var held = new ConcurrentDictionary<long, long>();
        var closed = new ConcurrentBag<string>();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            var worker = await farm.TrackerWorkerAsync($"client {client}");
            await farm.GrantAsync(owner, project, worker, "\"submit\":true");
            for (var i = 0; i < Each; i++)
            {
                (await farm.SubmitAsync(worker, project, $"{client}/{i}", $"\"unique_string\":\"{client}/{i}\"")).Good();
                // Refused, unless somebody closed the first meanwhile.
                Assert.Contains((await farm.SubmitAsync(worker, project, "again", $"\"unique_string\":\"{client}/{i}\"")).Status, new[] { 200, 400 });
                if ((await farm.AskAsync(worker, project)).Json["content"]?["task"] is not { } task) continue;
                Assert.True(held.TryAdd((long)task["id"]!, client), $"task {task["id"]} is in two hands");
                var skips = i % 3 == 0;
                held.TryRemove((long)task["id"]!, out _);
                Assert.True(await farm.UpdatedAsync(worker, task.AsObject(), skips ? 2 : 0));
                if (!skips) closed.Add((string)task["recipe"]!);
            }
        })));

        Invariants.Check(farm.Service<FarmStore>());
        var last = await farm.TrackerWorkerAsync("last");
        while ((await farm.AskAsync(last, project)).Json["content"]?["task"] is { } task)
        {
            Assert.True(await farm.UpdatedAsync(last, task.AsObject()));
            closed.Add((string)task["recipe"]!);
        }

        var tasks = farm.Service<FarmStore>().Read(db => JobTable.ById(db, project))!.Tasks;
        Assert.Equal((closed.Count, 0), (tasks.Completed, tasks.Active));
        // What was closed could be submitted again, so that a name may come twice; none is missing.
        Assert.Equal(Clients * Each, closed.Where(recipe => recipe != "again").Distinct().Count());
        Assert.Equal(tasks.Completed, farm.Service<FarmStore>().Read(db => db.Number("SELECT tasks_closed FROM projects WHERE job_id = $1", project)));
        Assert.Equal(tasks.Completed, farm.Service<FarmStore>().Read(db => db.Number("SELECT sum(tasks_closed) FROM tracker_workers")));
    }

    [Fact]
    public async Task Of_sixteen_concurrent_submissions_with_one_hash_one_succeeds()
    {
        await using var farm = await TestFarm.StartAsync();
        var (project, worker, _) = await farm.PublicProjectAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => farm.SubmitAsync(worker, project, more: "\"hash64\":5")));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(Clients - 1, answers.Count(answer => answer.Status == 400));
    }
}
