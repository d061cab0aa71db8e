using System.Text.Json;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker;

public sealed class OutageTests : IAsyncLifetime
{
    private const string Task1 = "7c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c";

    private readonly TestDirectory _directory = new();
    private FakeManager _manager = null!;

    public async Task InitializeAsync() => _manager = await FakeManager.StartAsync();

    [NeedsToolFact("sh", "mkfifo")]
    public async Task A_task_that_ends_during_an_outage_is_reported_before_the_next_one_is_requested()
    {
        var logged = await RunTaskThroughOutageAsync(async worker =>
        {
            await worker.WaitForLogAsync("completed");
            await _manager.OpenAsync();
            await _manager.WaitForEndAsync(Task1);
            await _manager.WaitForAsync("POST /worker/task", count: 2);
        });

        Assert.Equal(["1", "2"], logged);
        var requests = _manager.Requests.Select(request => request.What).ToList();
        Assert.True(requests.LastIndexOf($"POST /worker/task/{Task1}") < requests.LastIndexOf("POST /worker/task"));
    }

    [NeedsToolFact("sh", "mkfifo")]
    public async Task A_worker_stopped_during_an_outage_reports_at_its_next_start()
    {
        var logged = await RunTaskThroughOutageAsync(async worker =>
        {
            await worker.WaitForLogAsync("completed");
            await worker.StopAsync();
            await _manager.OpenAsync();
            await using var next = WorkerFixture.Start(_manager, _directory);
            await _manager.WaitForEndAsync(Task1);
        });
        Assert.Equal(["1", "2"], logged);
    }

    [NeedsToolFact("sh")]
    public async Task A_part_of_the_log_that_is_sent_again_has_the_same_number()
    {
        _manager.Script = request => request.IsUpdateOf(Task1) && request.Text.Contains("\"log\"") && Parts().Count < 2 ? new(503) : null;
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, """{"name":"exec","parameters":{"exe":"sh","args":["-c","echo 1; echo 2"]},"total_step_count":0}""", attempt: "17"));
        await using var worker = WorkerFixture.Start(WorkerFixture.Options(_manager, _directory) with { LogChunkBytes = 1 });
        await _manager.WaitForEndAsync(Task1);

        var parts = Parts();
        var first = parts[0].Part;
        Assert.All(parts.Where(part => part.Log == parts[0].Log), part => Assert.Equal(first, part.Part));
        Assert.Contains(parts.Skip(1), part => part.Log == parts[0].Log);
        Assert.Equal(parts.Select(part => part.Log).Distinct().Count(), parts.Select(part => part.Part).Distinct().Count());

        List<(string Log, long Part)> Parts() =>
        [
            .. _manager.Requests.Where(request => request.IsUpdateOf(Task1) && request.Json["log"] is not null)
                .Select(request => (request.Json["log"]!.GetValue<string>(), request.Json["log_part"]!.GetValue<long>())),
        ];
    }

    public async Task DisposeAsync()
    {
        await _manager.DisposeAsync();
        _directory.Dispose();
    }

    /// <summary>Runs a task during which the manager goes down, and returns the logged numbers that the manager received.</summary>
    private async Task<IEnumerable<string>> RunTaskThroughOutageAsync(Func<WorkerFixture, Task> afterwards)
    {
        var pipe = _directory.File("pipe");
        using (var make = System.Diagnostics.Process.Start("mkfifo", pipe)) await make.WaitForExitAsync();
        var script = JsonSerializer.Serialize($"echo 1; read line < {pipe}; echo 2");
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(
            Task1, $$"""{"name":"exec","parameters":{"exe":"sh","args":["-c",{{script}}]},"total_step_count":0}"""));
        await using var worker = WorkerFixture.Start(WorkerFixture.Options(_manager, _directory) with { LogChunkBytes = 1 });
        await _manager.WaitForAsync(request => request.IsUpdateOf(Task1) && request.Json["log"] is not null);
        await _manager.CloseAsync();
        await File.WriteAllTextAsync(pipe, "go on\n");
        await afterwards(worker);

        var updates = _manager.UpdatesOf(Task1).Select(update => update.Json).ToList();
        Assert.Equal("completed", updates[^1]["taskStatus"]!.GetValue<string>());
        return updates.Select(update => update["log"]?.GetValue<string>()).OfType<string>().Select(log => log.Split(" > ")[1].Trim());
    }
}
