using System.Text.Json;
using Farm.Server.Worker;
using Farm.Server.Worker.Commands;
using Farm.Server.Worker.Processes;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.State;
using Farm.Server.Worker.Transfers;
using Farm.Server.Worker.Updates;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Worker.Support;

/// <summary>Runs single commands and records their output.</summary>
internal sealed class CommandFixture : IDisposable
{
    private readonly StateDirectory _state;
    private readonly SemaphoreSlim _logged = new(0);
    private readonly ManagerClient _manager = new(new Uri("http://127.0.0.1:1"), TimeSpan.FromSeconds(1));

    public CommandFixture() => _state = StateDirectory.Open(Directory.File("state"));

    public TestDirectory Directory { get; } = new();

    public List<string> Log { get; } = [];

    public List<string> Frames { get; } = [];

    public int Steps { get; private set; }

    /// <summary>The clock for commands; ending processes uses the system clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What programs may use.</summary>
    public ProgramLimits Limits { get; init; } = ProgramLimits.None;

    /// <summary>Canceled when the worker stops.</summary>
    public CancellationToken WorkerStopping { get; init; }

    public List<int> Progress { get; } = [];

    public List<string> Activities { get; } = [];

    /// <summary>The scratch directory of commands.</summary>
    public string Scratch => _state.Scratch;

    /// <summary>The file that a killed worker leaves in its state directory.</summary>
    public string RunningFile => _state.Running;

    public ProcessMark Mark => new(_state, TimeProvider.System, NullLogger<ProcessMark>.Instance);

    /// <param name="parameters">JSON with ' instead of ".</param>
    public async Task RunAsync(string command, string parameters, int expectedSteps = 0, CancellationToken cancellationToken = default)
    {
        using var json = JsonDocument.Parse(parameters.Replace('\'', '"'));
        await RunAsync(command, json.RootElement, expectedSteps, cancellationToken);
    }

    public async Task RunAsync(string command, object parameters, int expectedSteps = 0, CancellationToken cancellationToken = default) =>
        await RunAsync(command, JsonSerializer.SerializeToElement(parameters), expectedSteps, cancellationToken);

    public Task<TaskCommandException> FailAsync(string command, object parameters, int expectedSteps = 0) =>
        Assert.ThrowsAsync<TaskCommandException>(() => RunAsync(command, JsonSerializer.SerializeToElement(parameters), expectedSteps, default));

    /// <summary>Waits for this many log lines with the text and returns them.</summary>
    public async Task<IReadOnlyList<string>> WaitForLogAsync(string text, int count)
    {
        while (true)
        {
            lock (Log)
            {
                var found = Log.Where(line => line.Contains(text)).ToList();
                if (found.Count >= count) return found;
            }
            Assert.True(await _logged.WaitAsync(FakeManager.Timeout), $"'{text}' was not logged {count} times");
        }
    }

    public void Dispose()
    {
        _logged.Dispose();
        _manager.Dispose();
        _state.Dispose();
        Directory.Dispose();
    }

    private Task RunAsync(string command, JsonElement parameters, int expectedSteps, CancellationToken cancellationToken)
    {
        var context = new CommandContext
        {
            ExpectedSteps = expectedSteps,
            Time = Time,
            WorkerStopping = WorkerStopping,
            Processes = new ProcessRunner(TimeProvider.System, Limits),
            Mark = Mark,
            LogAsync = (line, _) =>
            {
                lock (Log)
                {
                    Log.Add(line);
                    _logged.Release();
                }
                return Task.CompletedTask;
            },
            StepAsync = _ =>
            {
                Steps++;
                return Task.CompletedTask;
            },
            ProgressAsync = (done, _) =>
            {
                Progress.Add(done);
                return Task.CompletedTask;
            },
            ActivityAsync = (activity, _) =>
            {
                Activities.Add(activity);
                return Task.CompletedTask;
            },
            ScratchDirectory = _state.Scratch,
            OfferFrame = Frames.Add,
            Files = new TaskFiles(
                new TaskFileClient(_manager, new TaskReference("no-task", null)), new WorkerIntervals(), TimeProvider.System, (_, _) => Task.CompletedTask),
        };
        return CommandCatalog.Get(command).RunAsync(new CommandParameters(parameters), context, cancellationToken);
    }
}
