using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Tasks;
using Farm.Server.Store.Tables.Tasks;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Tasks;

/// <summary>The answer to a part of a log was lost, the worker sent it again, and the log had it twice.</summary>
public sealed class RepeatedLogTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public RepeatedLogTests() => _farm = new StoreFarm(_directory["farm"]);

    [Fact]
    public async Task A_part_with_a_number_is_kept_once()
    {
        await _farm.SubmitAsync("misc:1");
        var worker = await _farm.AwakeAsync("w");
        var task = await _farm.TakeAsync(worker);
        foreach (var (part, text) in ((long?, string)[])[(7, "a\n"), (7, "a\n"), (8, "b\n"), (7, "a\n"), (null, "c\n"), (null, "c\n")])
        {
            var verdict = await _farm.Reports.ApplyAsync(worker.Id, task.Uuid, task.AttemptId, new TaskReport(null, null, text, null) { LogPart = part });
            Assert.Equal(ReportVerdict.Accepted, verdict);
        }

        Assert.Equal("a\nb\nc\nc\n", Log(task.Uuid));
    }

    [Fact]
    public async Task Parts_of_different_tasks_that_are_written_together_are_told_apart()
    {
        await _farm.SubmitAsync("misc:8");
        var held = new List<(long Worker, AssignedTask Task)>();
        for (var i = 0; i < 8; i++)
        {
            var worker = await _farm.AwakeAsync($"w{i}");
            held.Add((worker.Id, await _farm.TakeAsync(worker)));
        }

        for (var times = 0; times < 2; times++)
        {
            await Task.WhenAll(held.Select(pair => _farm.Reports.ApplyAsync(
                pair.Worker, pair.Task.Uuid, pair.Task.AttemptId, new TaskReport(null, null, $"line of {pair.Worker}\n", null) { LogPart = 0 })));
        }

        Assert.All(held, pair => Assert.Equal($"line of {pair.Worker}\n", Log(pair.Task.Uuid)));
    }

    [Fact]
    public async Task A_part_of_megabytes_that_is_repeated_is_kept_once()
    {
        await _farm.SubmitAsync("misc:1");
        var worker = await _farm.AwakeAsync("w");
        var task = await _farm.TakeAsync(worker);
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"line {i} {new string('x', 40)}\n"));
        for (var times = 0; times < 2; times++)
            await _farm.Reports.ApplyAsync(worker.Id, task.Uuid, task.AttemptId, new TaskReport(null, null, text, null) { LogPart = 3 });
        Assert.Equal(text, Log(task.Uuid));
    }

    [Fact]
    public async Task A_part_that_comes_again_after_the_attempt_has_ended_is_kept_once()
    {
        await _farm.SubmitAsync("misc:1");
        var worker = await _farm.AwakeAsync("w");
        var task = await _farm.TakeAsync(worker);
        var report = new TaskReport(null, null, "late\n", null) { LogPart = 3 };
        await _farm.Reports.ApplyAsync(worker.Id, task.Uuid, task.AttemptId, report);
        await _farm.ReportAsync(worker, task, TaskStatus.Completed);
        Assert.Equal(ReportVerdict.NotCurrent, await _farm.Reports.ApplyAsync(worker.Id, task.Uuid, task.AttemptId, report));
        Assert.Equal(1, Log(task.Uuid).Split("late").Length - 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>What attempts wrote.</summary>
    private string Log(Guid uuid) => _farm.Store.Read(db => string.Concat(db.All(
        "SELECT text FROM task_logs WHERE task_id = $1 AND attempt_id IS NOT NULL ORDER BY id", static row => row.GetString(0), TaskTable.ByUuid(db, uuid)!.Id)));
}
