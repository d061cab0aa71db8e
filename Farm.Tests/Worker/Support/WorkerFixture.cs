using System.Collections.Concurrent;
using Farm.Server.Worker;
using Microsoft.Extensions.Logging;

namespace Farm.Tests.Worker.Support;

/// <summary>A complete worker with its own state directory and short intervals.</summary>
internal sealed class WorkerFixture : IAsyncDisposable
{
    public static readonly WorkerIntervals Hurried = new()
    {
        FirstTask = TimeSpan.Zero,
        AfterTask = TimeSpan.FromMilliseconds(5),
        NoTask = TimeSpan.FromMilliseconds(20),
        AfterError = TimeSpan.FromMilliseconds(30),
        MayIRun = TimeSpan.FromMilliseconds(30),
        Asleep = TimeSpan.FromMilliseconds(10),
        LogChunk = TimeSpan.FromHours(1),
        Flush = TimeSpan.FromMilliseconds(30),
        SignOnRetry = TimeSpan.FromMilliseconds(5),
        StartRetry = TimeSpan.FromMilliseconds(20),
    };

    private readonly CancellationTokenSource _stop = new();
    private readonly ILoggerFactory _loggers;
    private readonly LogCollector _collector = new();

    private WorkerFixture(WorkerOptions options)
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_collector));
        Running = Task.Run(() => WorkerProgram.RunAsync(options, _loggers, _stop.Token));
    }

    /// <summary>Completes with the worker's exit code.</summary>
    public Task<int> Running { get; }

    public IReadOnlyCollection<string> Log => _collector.Lines;

    public static WorkerOptions Options(FakeManager manager, TestDirectory directory) => new()
    {
        Manager = manager.Address,
        Name = "node-07",
        TaskTypes = ["misc"],
        StateDirectory = directory.File("state"),
        Intervals = Hurried,
        Random = new Random(7),
    };

    public static WorkerFixture Start(WorkerOptions options) => new(options);

    public static WorkerFixture Start(FakeManager manager, TestDirectory directory) => Start(Options(manager, directory));

    /// <summary>Stops the worker as Ctrl+C does and waits for it.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await Running.WaitAsync(FakeManager.Timeout);
    }

    /// <summary>Waits for a log line with the text.</summary>
    public async Task WaitForLogAsync(string text)
    {
        while (!Log.Any(line => line.Contains(text)))
            Assert.True(await _collector.Said.WaitAsync(FakeManager.Timeout), $"The worker never said '{text}'");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _loggers.Dispose();
        _stop.Dispose();
    }

    private sealed class LogCollector : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public SemaphoreSlim Said { get; } = new(0);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId id, TState state, Exception? error, Func<TState, Exception?, string> format)
        {
            Lines.Enqueue(format(state, error));
            Said.Release();
        }

        public void Dispose()
        {
            // The worker may log its last lines after the test has ended.
        }
    }
}
