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

/// <summary>Runs single commands and remembers what they said.</summary>
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

    /// <summary>The clock of commands; programs are ended by the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Cancelled when the worker itself ends.</summary>
    public CancellationToken WorkerStopping { get; init; }

    public List<int> Progress { get; } = [];

    public List<string> Activities { get; } = [];

    /// <summary>Where commands make directories.</summary>
    public string Scratch => _state.Scratch;

    /// <summary>What a worker that was killed would have left in its state directory.</summary>
    public string RunningFile => _state.Running;

    public ProcessMark Mark => new(_state, TimeProvider.System, NullLogger<ProcessMark>.Instance);

    /// <param name="parameters">As on the wire; written with ' in place of ".</param>
    public async Task RunAsync(string command, string parameters, int expectedSteps = 0, CancellationToken cancellationToken = default)
    {
        using var json = JsonDocument.Parse(parameters.Replace('\'', '"'));
        await RunAsync(command, json.RootElement, expectedSteps, cancellationToken);
    }

    public async Task RunAsync(string command, object parameters, int expectedSteps = 0, CancellationToken cancellationToken = default) =>
        await RunAsync(command, JsonSerializer.SerializeToElement(parameters), expectedSteps, cancellationToken);

    public Task<TaskCommandException> FailAsync(string command, object parameters, int expectedSteps = 0) =>
        Assert.ThrowsAsync<TaskCommandException>(() => RunAsync(command, JsonSerializer.SerializeToElement(parameters), expectedSteps, default));

    /// <summary>Waits until so many lines with this text have been logged, and gives them.</summary>
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
            Processes = new ProcessRunner(TimeProvider.System),
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
