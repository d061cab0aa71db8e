using System.Diagnostics;
using Farm.Server.Worker.Processes;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands;

public sealed class ExecCommandTests : IDisposable
{
    private readonly CommandFixture _fixture = new();

    [NeedsToolFact("sh")]
    public async Task Output_and_errors_are_logged_with_time_and_process_id()
    {
        await _fixture.RunAsync("exec", new { exe = "sh", args = new[] { "-c", "echo out $$; echo err >&2" } });
        var output = Assert.Single(_fixture.Log, line => line.Contains("out"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ pid=(\d+) > out \1$", output);
        Assert.Matches(@"Z pid=\d+ > err$", Assert.Single(_fixture.Log, line => line.Contains("err")));
    }

    [NeedsToolFact("sh", "printf")]
    public async Task Arguments_are_passed_unchanged_without_a_shell()
    {
        await _fixture.RunAsync("exec", new { exe = "printf", args = new object[] { "%s\\n", "a b", "$(id)", "'; ls", "*", 24, true } });
        Assert.Equal(["a b", "$(id)", "'; ls", "*", "24", "true"], _fixture.Log.Select(line => line.Split(" > ", 2)[1]));
    }

    [NeedsToolFact("sh")]
    public async Task A_nonzero_exit_code_fails()
    {
        var error = await _fixture.FailAsync("exec", new { exe = "sh", args = new[] { "-c", "exit 7" } });
        Assert.Equal("exit code 7 of sh", error.Message);
    }

    [Fact]
    public async Task A_missing_program_is_reported_by_name()
    {
        var error = await _fixture.FailAsync("exec", new { exe = "no-such-program-here", args = Array.Empty<string>() });
        Assert.Equal("program 'no-such-program-here' not found on this machine", error.Message);
    }

    [NeedsToolFact("sh", "cat")]
    public async Task A_program_gets_empty_standard_input()
    {
        await _fixture.RunAsync("exec", new { exe = "cat", args = Array.Empty<string>() });
        Assert.Empty(_fixture.Log);
    }

    [NeedsToolFact("sh", "sleep")]
    public async Task A_background_process_that_keeps_the_output_open_does_not_block_the_task()
    {
        var file = _fixture.Directory.File("pid");
        await _fixture.RunAsync("exec", new { exe = "sh", args = new[] { "-c", $"sleep 1000 & echo $! > {file}; echo done" } });
        Assert.Contains(_fixture.Log, line => line.EndsWith("> done"));
        using var left = Process.GetProcessById(int.Parse(File.ReadAllText(file)));
        left.Kill();
    }

    [NeedsToolFact("sh", "sleep", "setsid")]
    public async Task Canceling_kills_the_whole_process_tree_including_detached_processes()
    {
        const string script = """
            sleep 1001 & echo "pid $!"
            (sh -c 'setsid sleep 1002 & echo "pid $!"') &
            sleep 1003
            """;
        using var cancelled = new CancellationTokenSource();
        var running = _fixture.RunAsync("exec", new { exe = "sh", args = new[] { "-c", script } }, cancellationToken: cancelled.Token);
        var pids = (await _fixture.WaitForLogAsync("> pid ", 2)).Select(line => line.Split(' ')[^1]);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        Assert.All(pids, pid => Assert.False(IsRunning(int.Parse(pid)), $"{pid} is still running"));
        Assert.False(File.Exists(_fixture.RunningFile));
    }

    [NeedsToolFact("sh", "sleep")]
    public async Task Leftover_processes_of_a_killed_worker_are_killed_at_its_next_start()
    {
        var mark = _fixture.Mark.Begin();
        var start = new ProcessStartInfo("sleep") { ArgumentList = { "1004" }, Environment = { [ProcessTree.MarkVariable] = mark } };
        using var left = Process.Start(start)!;

        await _fixture.Mark.EndLeftoversAsync();

        await left.WaitForExitAsync().WaitAsync(FakeManager.Timeout);
        Assert.False(File.Exists(_fixture.RunningFile));
    }

    [NeedsToolFact("sh")]
    public async Task Long_lines_are_split_and_a_carriage_return_ends_a_line()
    {
        await _fixture.RunAsync("exec", new { exe = "sh", args = new[] { "-c", "head -c 40000 /dev/zero | tr '\\0' x; printf '10%%\\r20%%\\r\\n'" } });
        var lines = _fixture.Log.Select(line => line.Split(" > ", 2)[1]).ToList();
        Assert.Equal([16384, 16384, 7235, 3], lines.Select(line => line.Length));
        Assert.Equal("20%", lines[^1]);
    }

    public void Dispose() => _fixture.Dispose();

    private static bool IsRunning(int id)
    {
        try
        {
            // A zombie process still has an entry but no command line.
            return File.ReadAllBytes($"/proc/{id}/cmdline").Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
