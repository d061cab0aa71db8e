using Serilog;
using Serilog.Configuration;
using Serilog.Events;
using Serilog.Extensions.Logging;
using SerilogLogger = Serilog.Core.Logger;

namespace Farm.Server.Hosting.Logging;

/// <summary>Sets up Serilog, which writes the log to the console and to the files <c>farm-20261122.log</c>, <c>farm-20261122_001.log</c>, ….</summary>
internal static class LogHosting
{
    /// <summary>The host's event for a failed start. It is dropped, because the command prints the error as one sentence.</summary>
    private const string FailedStart = "HostedServiceStartupFaulted";

    /// <summary>
    /// Replaces the framework's loggers. Of the framework's own messages, only warnings and errors are logged.
    /// </summary>
    public static ILoggingBuilder AddFarmLog(this ILoggingBuilder logging, LogSettings settings, TextWriter console)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(settings.Level);
        var ofFramework = settings.Level > LogLevel.Warning ? settings.Level : LogLevel.Warning;
        logging.AddFilter("Microsoft", ofFramework);
        logging.AddFilter("System", ofFramework);
        // Health checks run on every request; the cause is already in the log.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // Created by the container, so that the container disposes it and the queue is flushed.
        logging.Services.AddSingleton<ILoggerProvider>(_ => new SerilogLoggerProvider(CreateLogger(settings, console), dispose: true));
        return logging;
    }

    private static SerilogLogger CreateLogger(LogSettings settings, TextWriter console)
    {
        var logger = new LoggerConfiguration();
        // The framework's filters decide which levels are written.
        logger.MinimumLevel.Verbose();
        logger.Filter.ByExcluding(IsFailedStart);
        logger.WriteTo.Sink(InBackground(settings, new DroppedLinesSink.Queue(), new ConsoleSink(console)));
        return logger.CreateLogger();
    }

    private static FlushTimeoutSink InBackground(LogSettings settings, DroppedLinesSink.Queue queue, ConsoleSink console)
    {
        var written = LoggerSinkConfiguration.CreateSink(to =>
        {
            to.Sink(console);
            if (settings.Directory is { } directory) to.Sink(Files(directory, settings, console));
        });
        return new FlushTimeoutSink(LoggerSinkConfiguration.CreateSink(
            to => to.Async(next => next.Sink(new DroppedLinesSink(written, queue)), settings.QueuedLines, blockWhenFull: false, queue)));
    }

    private static FileErrorSink Files(string directory, LogSettings settings, ConsoleSink console) => new(
        LoggerSinkConfiguration.CreateSink(to => to.File(
            new LogLine(),
            Path.Combine(directory, "farm-.log"),
            fileSizeLimitBytes: settings.MaxFileBytes,
            rollOnFileSizeLimit: true,
            rollingInterval: RollingInterval.Day,
            retainedFileCountLimit: settings.MaxFiles)),
        console);

    private static bool IsFailedStart(LogEvent logEvent) =>
        logEvent.Properties.GetValueOrDefault("EventId") is StructureValue id
        && id.Properties.Any(part => part is { Name: "Name", Value: ScalarValue { Value: FailedStart } });
}
