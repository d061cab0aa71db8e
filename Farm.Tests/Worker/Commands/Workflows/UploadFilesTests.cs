using System.Text.Json.Nodes;
using Farm.Server.Worker;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands.Workflows;

/// <summary>File uploads by a worker, including errors of the manager.</summary>
public sealed class UploadFilesTests : IAsyncLifetime
{
    private const string Task1 = "7c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c";
    private const string HelloHash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private readonly TestDirectory _directory = new();
    private FakeManager _manager = null!;

    public async Task InitializeAsync() => _manager = await FakeManager.StartAsync();

    [Fact]
    public async Task Matching_files_are_uploaded_by_name_for_the_attempt()
    {
        foreach (var name in new[] { "b 2.txt", "a.txt", "c.png" }) File.WriteAllText(_directory.File(name), "hello");
        _manager.Script = request => request.What.Contains("/artifacts/") ? new(200, $$"""{"sha256":"{{HelloHash}}"}""") : null;
        var end = await RunAsync(_directory.File("*.txt"), _directory.File("c.png"), _directory.File("a.txt"));
        Assert.Equal("completed", end);
        var sent = _manager.Requests.Where(request => request.What.Contains("/artifacts/")).ToList();
        Assert.Equal(
            ["a.txt", "b 2.txt", "c.png"], sent.Select(request => request.What.Split("/artifacts/")[1]));
        Assert.All(sent, request => Assert.Equal(("hello", "attempt-1", true), (request.Text, request.Attempt, request.HasLength)));
        Assert.All(sent, request => Assert.StartsWith($"PUT /api/farm/v1/tasks/{Task1}/", request.What));
        Assert.All(sent, request => Assert.NotNull(request.User));
    }

    [Fact]
    public async Task An_upload_is_retried_after_a_server_error_or_a_hash_mismatch()
    {
        File.WriteAllText(_directory.File("a.txt"), "hello");
        var answers = new Queue<Reply>(
            [new(503, """{"error":"no room left"}"""), new(500), new(200, """{"sha256":"00"}"""), new(200, $$"""{"sha256":"{{HelloHash}}"}""")]);
        _manager.Script = request => request.What.Contains("/artifacts/") ? answers.Dequeue() : null;
        Assert.Equal("completed", await RunAsync(_directory.File("a.txt")));
        Assert.Empty(answers);
        Assert.Contains(_manager.UpdatesOf(Task1), update => update.Text.Contains("no room left"));
    }

    [Fact]
    public async Task A_rejected_upload_fails_the_task_with_the_managers_message()
    {
        File.WriteAllText(_directory.File("a.txt"), "hello");
        _manager.Script = request => request.What.Contains("/artifacts/") ? new(413, """{"error":"the job has too many files"}""") : null;
        Assert.Equal("failed", await RunAsync(_directory.File("a.txt")));
        var activity = (string)(await _manager.WaitForEndAsync(Task1)).Json["activity"]!;
        Assert.Contains("upload-files: the manager refused to upload 'a.txt': status 413: the job has too many files", activity);
    }

    [Fact]
    public async Task Missing_files_and_duplicate_names_fail_the_task()
    {
        using var fixture = new CommandFixture();
        Directory.CreateDirectory(_directory.File("x"));
        foreach (var name in new[] { "a.txt", "x/a.txt" }) File.WriteAllText(_directory.File(name), "hello");
        Assert.Contains("no file matches", (await fixture.FailAsync("upload-files", new { files = new[] { _directory.File("nothing*") } })).Message);
        var same = await fixture.FailAsync("upload-files", new { files = new[] { _directory.File("a.txt"), _directory.File("x/a.txt") } });
        Assert.Contains("have the same name", same.Message);
        Assert.IsNotType<ExitCodeException>(same);
    }

    public async Task DisposeAsync()
    {
        await _manager.DisposeAsync();
        _directory.Dispose();
    }

    private async Task<string> RunAsync(params string[] files)
    {
        var command = new JsonObject
        {
            ["name"] = "upload-files",
            ["parameters"] = new JsonObject { ["files"] = new JsonArray([.. files.Select(file => JsonValue.Create(file))]) },
            ["total_step_count"] = 0,
        };
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, command.ToJsonString(), attempt: "attempt-1"));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        return (string)(await _manager.WaitForEndAsync(Task1)).Json["taskStatus"]!;
    }
}
