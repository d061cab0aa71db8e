using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;
using Farm.Tests.Worker.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Worker.Updates;

public sealed class UpdateOutboxTests : IAsyncLifetime
{
    private static readonly TaskReference Task1 = new("7c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c", "attempt-1");
    private static readonly TaskReference Task2 = new("8c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c", null);

    private readonly TestDirectory _directory = new();
    private FakeManager _manager = null!;
    private ManagerClient _client = null!;

    private string JournalFile => _directory.File("updates.jsonl");

    public async Task InitializeAsync()
    {
        _manager = await FakeManager.StartAsync();
        _client = new ManagerClient(_manager.Address, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task After_an_outage_all_updates_are_delivered_in_order()
    {
        using var outbox = Open();
        await _manager.CloseAsync();
        Assert.Equal(UpdateOutcome.Kept, await SendAsync(outbox, Task1, "1"));
        Assert.False(await outbox.FlushAsync(default));
        await _manager.OpenAsync();
        Assert.Equal(UpdateOutcome.Kept, await SendAsync(outbox, Task2, "2"));
        Assert.Equal(UpdateOutcome.Kept, await SendAsync(outbox, Task1, "3"));
        Assert.Empty(_manager.Requests);

        Assert.True(await outbox.FlushAsync(default));

        Assert.Equal(["1", "2", "3"], SentLogs());
        Assert.Equal(UpdateOutcome.Delivered, await SendAsync(outbox, Task1, "4"));
        Assert.Equal(0, new FileInfo(JournalFile).Length);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_temporary_error_keeps_the_update(int status)
    {
        using var outbox = Open();
        _manager.Script = _ => _manager.Requests.Count == 0 ? new(status) : null;
        Assert.Equal(UpdateOutcome.Kept, await SendAsync(outbox, Task1, "1"));
        Assert.True(await outbox.FlushAsync(default));
        Assert.Equal(["1", "1"], SentLogs());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    public async Task A_rejected_update_is_dropped_and_the_next_one_is_sent(int status)
    {
        using var outbox = Open();
        _manager.Script = request => request.Text.Contains("bad") ? new(status) : null;
        Assert.Equal(UpdateOutcome.Refused, await SendAsync(outbox, Task1, "bad"));
        Assert.Equal(UpdateOutcome.Delivered, await SendAsync(outbox, Task1, "good"));
        Assert.True(outbox.IsEmpty);
    }

    [Fact]
    public async Task Updates_survive_a_worker_restart_and_are_delivered_once()
    {
        await _manager.CloseAsync();
        using (var outbox = Open())
        {
            foreach (var text in new[] { "1", "2", "3" }) await SendAsync(outbox, Task1, text);
        }
        await _manager.OpenAsync();
        _manager.Script = request => request.Text.Contains("\"2\"") && SentLogs().Count(log => log == "2") == 0 ? new(503) : null;
        using (var outbox = Open()) Assert.False(await outbox.FlushAsync(default));
        using (var outbox = Open()) Assert.True(await outbox.FlushAsync(default));

        Assert.Equal(["1", "2", "2", "3"], SentLogs());
        Assert.All(_manager.Requests, request => Assert.Equal("attempt-1", request.Json["attempt"]!.GetValue<string>()));
        using (var outbox = Open()) Assert.True(outbox.IsEmpty);
    }

    [Fact]
    public async Task A_line_truncated_by_a_crash_is_skipped()
    {
        await _manager.CloseAsync();
        using (var outbox = Open()) await SendAsync(outbox, Task1, "1");
        await File.AppendAllTextAsync(JournalFile, """{"kept":{"number":2,"task":"8c1""");
        using (var outbox = Open()) await SendAsync(outbox, Task1, "3");
        await _manager.OpenAsync();
        using (var outbox = Open()) await outbox.FlushAsync(default);
        Assert.Equal(["1", "3"], SentLogs());
    }

    [Fact]
    public async Task A_conflict_drops_the_waiting_updates_of_that_task_only()
    {
        using var outbox = Open();
        List<TaskReference> gone = [];
        outbox.TaskGone += gone.Add;
        await _manager.CloseAsync();
        foreach (var (task, text) in new[] { (Task1, "1"), (Task2, "2"), (Task1, "3") }) await SendAsync(outbox, task, text);
        await _manager.OpenAsync();
        _manager.Script = request => request.IsUpdateOf(Task1.TaskId) ? new(409) : null;

        Assert.True(await outbox.FlushAsync(default));

        Assert.Equal(["1", "2"], SentLogs());
        Assert.Equal([Task1], gone);
    }

    [Fact]
    public async Task Waiting_updates_of_a_task_can_be_discarded()
    {
        await _manager.CloseAsync();
        using (var outbox = Open())
        {
            foreach (var (task, text) in new[] { (Task1, "1"), (Task2, "2"), (Task1, "3") }) await SendAsync(outbox, task, text);
            await outbox.DiscardAsync(Task1);
        }
        await _manager.OpenAsync();
        using (var outbox = Open()) await outbox.FlushAsync(default);
        Assert.Equal(["2"], SentLogs());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _manager.DisposeAsync();
        _directory.Dispose();
    }

    private static Task<UpdateOutcome> SendAsync(UpdateOutbox outbox, TaskReference task, string log) =>
        outbox.SendAsync(task, new TaskUpdate { Log = log }, default);

    private UpdateOutbox Open() => new(new UpdateJournal(JournalFile), _client, NullLogger<UpdateOutbox>.Instance);

    private List<string> SentLogs() => [.. _manager.Requests.Select(request => request.Json["log"]!.GetValue<string>())];
}
