namespace Farm.Server.Hosting.Logging;

/// <summary>Brings the framework's loggers to the farm's <see cref="LogWriter"/>.</summary>
internal sealed class FarmLoggerProvider(LogWriter writer, TimeProvider time) : ILoggerProvider
{
    /// <summary>The host's own word for a start that failed. Who started the server says so in one sentence; this one has a stack trace.</summary>
    private const string FailedStart = "HostedServiceStartupFaulted";

    public ILogger CreateLogger(string categoryName) => new FarmLogger(categoryName, writer, time);

    /// <summary>Writes what still waits. The host disposes its loggers last of all.</summary>
    public void Dispose() => writer.Dispose();

    private sealed class FarmLogger(string category, LogWriter writer, TimeProvider time) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == FailedStart) return;
            var now = time.GetLocalNow();
            writer.Write(now, LogText.Line(now, logLevel, category, formatter(state, exception), exception));
        }
    }
}
