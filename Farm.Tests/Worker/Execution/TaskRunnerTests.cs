using System.Text.Json;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Execution;

public sealed class TaskRunnerTests : IAsyncLifetime
{
    private const string Task1 = "7c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c";
    private const string Task2 = "8c1c9a52-8f0f-4a4c-9d53-0d9b0f0a1b2c";
    private const string Echo = """{"name":"echo","parameters":{"message":"hello"},"total_step_count":0}""";
    private const string Started = """{"taskStatus":"active","activity":"Started"}""";

    private readonly TestDirectory _directory = new();
    private FakeManager _manager = null!;

    public async Task InitializeAsync() => _manager = await FakeManager.StartAsync();

    [Fact]
    public async Task A_task_is_reported_in_order_from_start_to_end()
    {
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Echo));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForEndAsync(Task1);
        Assert.Equal(
            [
                Started,
                """{"log":"echo: \u0022hello\u0022\n"}""",
                """{"activity":"Progress","steps_completed":1}""",
                """{"taskStatus":"completed","activity":"Completed"}""",
            ],
            _manager.UpdatesOf(Task1).Select(update => update.Text));
    }

    [Fact]
    public async Task A_failing_command_ends_the_task_and_its_reason_is_reported()
    {
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, """{"name":"dance","parameters":{},"total_step_count":0},""" + Echo));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        var end = (await _manager.WaitForEndAsync(Task1)).Json;
        Assert.Equal("failed", end["taskStatus"]!.GetValue<string>());
        Assert.Equal("Failed: dance: unknown command 'dance'", end["activity"]!.GetValue<string>());
        Assert.Equal(2, _manager.UpdatesOf(Task1).Count);
    }

    [NeedsToolFact("sh")]
    public async Task Every_report_has_the_attempt()
    {
        var image = _directory.File("a.png");
        await File.WriteAllBytesAsync(image, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]);
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Blender($"echo \"Saved: '{image}'\"; read line < {Pipe()}"), attempt: "attempt-9"));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        var frame = await _manager.WaitForAsync($"POST /worker/task/{Task1}/output-produced");
        var question = await _manager.WaitForAsync($"GET /worker/task/{Task1}/may-i-run");
        await File.WriteAllTextAsync(Pipe(), "go on\n");
        await _manager.WaitForEndAsync(Task1);

        Assert.Equal("attempt-9", frame.Attempt);
        Assert.Equal("attempt-9", question.Attempt);
        Assert.All(_manager.UpdatesOf(Task1), update => Assert.Equal("attempt-9", update.Json["attempt"]!.GetValue<string>()));
    }

    [NeedsToolFact("sh")]
    public async Task The_newest_frame_is_uploaded_unchanged_before_the_task_ends()
    {
        var image = _directory.File("a.png");
        byte[] bytes = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
        await File.WriteAllBytesAsync(image, bytes);
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Blender($"echo \"Saved: '{image}'\"")));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForEndAsync(Task1);
        var frame = await _manager.WaitForAsync($"POST /worker/task/{Task1}/output-produced");
        Assert.Equal("image/png", frame.ContentType);
        Assert.True(frame.HasLength);
        Assert.Equal(bytes, frame.Body);
    }

    [NeedsToolFact("sh", "ffmpeg")]
    public async Task A_frame_in_a_format_that_browsers_cannot_show_is_uploaded_as_JPEG()
    {
        var tiff = _directory.File("a.tif");
        var make = $"ffmpeg -v error -f lavfi -i testsrc=size=64x36 -frames:v 1 {tiff} && echo \"Saved: '{tiff}'\"";
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Blender(make)));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForEndAsync(Task1);
        var frame = await _manager.WaitForAsync($"POST /worker/task/{Task1}/output-produced");
        Assert.Equal("image/jpeg", frame.ContentType);
        Assert.Equal("FFD8FF", Convert.ToHexString(frame.Body[..3]));
    }

    [NeedsToolFact("sh")]
    public async Task A_rejected_or_missing_frame_does_not_fail_the_task()
    {
        var image = _directory.File("a.png");
        await File.WriteAllBytesAsync(image, [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        _manager.Script = request => request.What.EndsWith("/output-produced") ? new(429) : null;
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Blender($"echo \"Saved: '{image}'\"; echo \"Saved: '/none.exr'\"")));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        Assert.Equal("completed", (await _manager.WaitForEndAsync(Task1)).Json["taskStatus"]!.GetValue<string>());
    }

    [NeedsToolFact("sh")]
    public async Task Log_lines_are_sent_in_chunks()
    {
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Exec("for i in 1 2 3 4 5 6; do echo $i 123456789012345678901234567890; done")));
        await using var worker = WorkerFixture.Start(WorkerFixture.Options(_manager, _directory) with { LogChunkBytes = 150 });
        await _manager.WaitForEndAsync(Task1);
        var chunks = _manager.UpdatesOf(Task1).Select(update => update.Json["log"]?.GetValue<string>()).OfType<string>().ToList();
        Assert.Equal([3, 3], chunks.Select(chunk => chunk.Count(c => c == '\n')));
        Assert.Equal(
            ["1", "2", "3", "4", "5", "6"],
            string.Concat(chunks).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" > ")[1].Split(' ')[0]));
    }

    [NeedsToolFact("sh", "mkfifo")]
    public async Task A_small_chunk_is_sent_after_the_interval()
    {
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Exec($"echo small; read line < {Pipe()}")));
        var options = WorkerFixture.Options(_manager, _directory);
        await using var worker = WorkerFixture.Start(options with { Intervals = options.Intervals with { LogChunk = TimeSpan.FromMilliseconds(20) } });
        await _manager.WaitForAsync(request => request.IsUpdateOf(Task1) && request.Text.Contains("small"));
        await File.WriteAllTextAsync(Pipe(), "go on\n");
        await _manager.WaitForEndAsync(Task1);
    }

    [NeedsToolFact("sh", "sleep")]
    public async Task A_task_that_may_not_keep_running_ends_without_further_reports_before_the_next_task()
    {
        _manager.Script = request => request.What.EndsWith("/may-i-run")
            ? new(200, """{"mayKeepRunning":false,"reason":"task is canceled","statusChangeRequested":false}""")
            : null;
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Exec("exec sleep 1000")));
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task2, Echo));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForEndAsync(Task2);
        Assert.Equal([Started], _manager.UpdatesOf(Task1).Select(update => update.Text));
        Assert.Contains(worker.Log, line => line.Contains("task is canceled"));
    }

    [NeedsToolFact("sh", "mkfifo")]
    public async Task Only_an_explicit_no_ends_a_task()
    {
        var answers = new Queue<Reply>([new(500), new(404), new(200), new(200, "nonsense"), new(204)]);
        _manager.Script = request => request.What.EndsWith("/may-i-run") && answers.TryDequeue(out var answer) ? answer : null;
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Exec($"read line < {Pipe()}")));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForAsync($"GET /worker/task/{Task1}/may-i-run", count: 6);
        await File.WriteAllTextAsync(Pipe(), "go on\n");
        Assert.Equal("completed", (await _manager.WaitForEndAsync(Task1)).Json["taskStatus"]!.GetValue<string>());
    }

    [NeedsToolFact("sh", "sleep")]
    public async Task A_conflict_ends_the_task_without_further_reports()
    {
        _manager.Script = request => request.IsUpdateOf(Task1) && request.Json["log"] is not null ? new(409) : null;
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Exec("echo a long line of log; exec sleep 1000")));
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task2, Echo));
        await using var worker = WorkerFixture.Start(WorkerFixture.Options(_manager, _directory) with { LogChunkBytes = 10 });
        await _manager.WaitForEndAsync(Task2);
        Assert.Equal(2, _manager.UpdatesOf(Task1).Count);
    }

    [Fact]
    public async Task A_rejected_report_is_dropped_and_the_task_continues()
    {
        _manager.Script = request => request.IsUpdateOf(Task1) && request.Json["log"] is not null ? new(400) : null;
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Echo));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        Assert.Equal("completed", (await _manager.WaitForEndAsync(Task1)).Json["taskStatus"]!.GetValue<string>());
        Assert.Single(_manager.UpdatesOf(Task1), update => update.Json["log"] is not null);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(400)]
    public async Task A_task_whose_start_is_rejected_is_not_run(int status)
    {
        _manager.Script = request => request.IsUpdateOf(Task1) ? new(status) : null;
        var made = _directory.File("made");
        var command = $$$"""{"name":"make-directory","parameters":{"path":{{{JsonSerializer.Serialize(made)}}}},"total_step_count":0}""";
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, command));
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task2, Echo));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForEndAsync(Task2);
        Assert.False(Directory.Exists(made));
        Assert.Single(_manager.UpdatesOf(Task1));
    }

    [Fact]
    public async Task A_task_start_waits_for_a_restarting_manager()
    {
        _manager.Script = request => request.IsUpdateOf(Task1) && _manager.UpdatesOf(Task1).Count < 3 ? new(503) : null;
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Echo));
        await using var worker = WorkerFixture.Start(_manager, _directory);
        await _manager.WaitForEndAsync(Task1);
        Assert.Equal([Started, Started, Started, Started], _manager.UpdatesOf(Task1).Take(4).Select(update => update.Text));
        Assert.Equal(4 + 3, _manager.UpdatesOf(Task1).Count);
    }

    [Fact]
    public async Task A_task_whose_start_cannot_be_reported_in_time_is_dropped()
    {
        _manager.Script = request => request.IsUpdateOf(Task1) ? new(503) : null;
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Echo));
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task2, Echo));
        var options = WorkerFixture.Options(_manager, _directory);
        await using var worker = WorkerFixture.Start(options with { Intervals = options.Intervals with { StartTimeout = TimeSpan.Zero } });
        await _manager.WaitForEndAsync(Task2);
        Assert.Equal([Started], _manager.UpdatesOf(Task1).Select(update => update.Text));
    }

    [NeedsToolFact("sh", "sleep")]
    public async Task Stopping_the_worker_during_a_task_kills_its_process_and_signs_off_without_a_report()
    {
        _manager.Tasks.Enqueue(FakeManager.AssignedTask(Task1, Exec("echo $$; exec sleep 1000")));
        await using var worker = WorkerFixture.Start(WorkerFixture.Options(_manager, _directory) with { LogChunkBytes = 1 });
        var log = await _manager.WaitForAsync(request => request.IsUpdateOf(Task1) && request.Json["log"] is not null);
        var processId = int.Parse(log.Json["log"]!.GetValue<string>().Split(" > ")[1]);

        Assert.Equal(0, await worker.StopAsync());

        Assert.Throws<ArgumentException>(() => System.Diagnostics.Process.GetProcessById(processId));
        Assert.Equal("POST /worker/sign-off", _manager.Requests[^1].What);
        Assert.DoesNotContain(_manager.UpdatesOf(Task1), update => update.Text.Contains("failed") || update.Text.Contains("completed"));
    }

    public async Task DisposeAsync()
    {
        await _manager.DisposeAsync();
        _directory.Dispose();
    }

    private static string Exec(string script) =>
        $$"""{"name":"exec","parameters":{"exe":"sh","args":["-c",{{JsonSerializer.Serialize(script)}}]},"total_step_count":0}""";

    private static string Blender(string script) =>
        $$"""{"name":"blender-render","parameters":{"exe":"sh","argsBefore":["-c",{{JsonSerializer.Serialize(script)}}]},"total_step_count":0}""";

    /// <summary>A named pipe that blocks a process until the test writes to it.</summary>
    private string Pipe()
    {
        var path = _directory.File("pipe");
        if (File.Exists(path)) return path;
        using var make = System.Diagnostics.Process.Start("mkfifo", path);
        make.WaitForExit();
        return path;
    }
}
