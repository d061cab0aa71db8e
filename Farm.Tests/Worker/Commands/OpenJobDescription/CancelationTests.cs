using System.Diagnostics;
using Farm.Tests.Support;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands.OpenJobDescription;

/// <summary>Cancelation and timeouts of actions.</summary>
public sealed class CancelationTests : IDisposable
{
    /// <summary>Prints "ready" and waits. Its child process would survive if only the program itself were ended.</summary>
    private const string Waits =
        """
        stepEnvironments:
        - name: E
          script: {actions: {onEnter: {command: echo, args: [entered]}, onExit: {command: echo, args: [left]}}}
        script:
          actions: {onRun: {command: sh, args: ["{{Task.File.Main}}"], OPTIONS}}
          embeddedFiles:
          - name: Main
            type: TEXT
            data: |
              trap 'echo notified; grep -o NotifyEnd cancel_info.json; exit 1' TERM
              sleep 1000 & echo child $!
              echo ready
              while true; do sleep 0.01; done
        """;

    private readonly ManualTime _time = new();
    private readonly SessionFixture _fixture;

    public CancelationTests() => _fixture = new SessionFixture { Fixture = new CommandFixture { Time = _time } };

    public void Dispose() => _fixture.Dispose();

    [NeedsToolFact("sh", "sleep")]
    public async Task A_canceled_task_is_terminated_and_its_environment_is_exited()
    {
        await CancelAsync("cancelation: {mode: TERMINATE}");

        Assert.DoesNotContain("notified", _fixture.Said);
        Assert.Equal("left", _fixture.Said[^1]);
    }

    [NeedsToolFact("sh", "sleep", "grep")]
    public async Task A_task_with_a_notice_period_is_notified_first_and_of_its_end()
    {
        await CancelAsync("cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 5}");

        Assert.Equal(["notified", "NotifyEnd", "left"], _fixture.Said.TakeLast(3));
    }

    [NeedsToolFact("sh", "sleep", "grep")]
    public async Task A_task_that_times_out_is_ended_and_fails()
    {
        var running = _fixture.RunAsync(SessionFixture.Step(Waits.Replace("OPTIONS", "timeout: 30, cancelation: {mode: NOTIFY_THEN_TERMINATE}")));
        await _fixture.Fixture.WaitForLogAsync("> ready", 1);
        _time.Advance(TimeSpan.FromSeconds(31));

        var failed = await Assert.ThrowsAsync<Farm.Server.Worker.TaskCommandException>(() => running);
        Assert.Equal("the task: timed out after 30 s", failed.Message);
        Assert.Equal(["notified", "NotifyEnd", "left"], _fixture.Said.TakeLast(3));
        await NothingIsLeftAsync();
    }

    [NeedsToolFact("sh", "sleep")]
    public async Task A_program_that_ignores_the_notice_is_killed_after_the_notice_period()
    {
        using var cancelled = new CancellationTokenSource();
        var template = Waits.Replace("OPTIONS", "cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 600}")
            .Replace("trap 'echo notified; grep -o NotifyEnd cancel_info.json; exit 1' TERM", "trap 'echo unheeded' TERM");
        var running = _fixture.RunAsync(SessionFixture.Step(template), cancellationToken: cancelled.Token);
        await _fixture.Fixture.WaitForLogAsync("> ready", 1);
        await cancelled.CancelAsync();
        await _fixture.Fixture.WaitForLogAsync("> unheeded", 1);
        _time.Advance(TimeSpan.FromSeconds(601));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await NothingIsLeftAsync();
    }

    [NeedsToolFact("sh", "sleep")]
    public async Task An_environment_that_exits_too_slowly_during_worker_shutdown_is_stopped()
    {
        using var ends = new CancellationTokenSource();
        using var fixture = new SessionFixture { Fixture = new CommandFixture { Time = _time, WorkerStopping = ends.Token } };
        var template = Waits.Replace("OPTIONS", "timeout: 60").Replace("onExit: {command: echo, args: [left]}", "onExit: {command: sh, args: [-c, 'echo leaving; sleep 1000']}");
        var running = fixture.RunAsync(SessionFixture.Step(template), cancellationToken: ends.Token);
        await fixture.Fixture.WaitForLogAsync("> ready", 1);
        await ends.CancelAsync();
        await fixture.Fixture.WaitForLogAsync("> leaving", 1);
        _time.Advance(TimeSpan.FromSeconds(7));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Contains(fixture.Fixture.Log, line => line == "openjd: exiting E timed out and was stopped");
    }

    private async Task CancelAsync(string options)
    {
        using var cancelled = new CancellationTokenSource();
        var running = _fixture.RunAsync(SessionFixture.Step(Waits.Replace("OPTIONS", options)), cancellationToken: cancelled.Token);
        await _fixture.Fixture.WaitForLogAsync("> ready", 1);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await NothingIsLeftAsync();
    }

    private async Task NothingIsLeftAsync()
    {
        var child = int.Parse(_fixture.Said.First(line => line.StartsWith("child ")).Split(' ')[1]);
        try
        {
            using var process = Process.GetProcessById(child);
            await process.WaitForExitAsync().WaitAsync(FakeManager.Timeout);
        }
        catch (ArgumentException)
        {
            // It has already ended.
        }

        Assert.False(File.Exists(_fixture.Fixture.RunningFile));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_fixture.Fixture.Scratch));
    }
}
