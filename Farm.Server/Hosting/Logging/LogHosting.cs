using Serilog;
using Serilog.Configuration;
using Serilog.Events;
using Serilog.Extensions.Logging;
using SerilogLogger = Serilog.Core.Logger;

namespace Farm.Server.Hosting.Logging;

/// <summary>Puts the farm's log into a host: Serilog writes it, to the console and to the files <c>farm-20261122.log</c>, <c>farm-20261122_001.log</c>, ….</summary>
internal static class LogHosting
{
    /// <summary>The host's own word for a start that failed. Who started the server says so in one sentence; this one has a stack trace.</summary>
    private const string FailedStart = "HostedServiceStartupFaulted";

    /// <summary>
    /// Replaces the framework's loggers. What the framework says of each request and each start is left out; its warnings stay.
    /// </summary>
    public static ILoggingBuilder AddFarmLog(this ILoggingBuilder logging, LogSettings settings, TextWriter console)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(settings.Level);
        var ofFramework = settings.Level > LogLevel.Warning ? settings.Level : LogLevel.Warning;
        logging.AddFilter("Microsoft", ofFramework);
        logging.AddFilter("System", ofFramework);
        // Whoever asks is told what is unwell, as often as he asks; the cause is in the log already.
        logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        // Made by the container, so that the container disposes it, and with that writes what still waits.
        logging.Services.AddSingleton<ILoggerProvider>(_ => new SerilogLoggerProvider(CreateLogger(settings, console), dispose: true));
        return logging;
    }

    private static SerilogLogger CreateLogger(LogSettings settings, TextWriter console)
    {
        var logger = new LoggerConfiguration();
        // What is written at all, the framework's filters decide.
        logger.MinimumLevel.Verbose();
        logger.Filter.ByExcluding(IsFailedStart);
        logger.WriteTo.Sink(InBackground(settings, new LostLinesSink.Queue(), new ConsoleSink(console)));
        return logger.CreateLogger();
    }

    private static PromptEndSink InBackground(LogSettings settings, LostLinesSink.Queue queue, ConsoleSink console)
    {
        var written = LoggerSinkConfiguration.CreateSink(to =>
        {
            to.Sink(console);
            if (settings.Directory is { } directory) to.Sink(Files(directory, settings, console));
        });
        return new PromptEndSink(LoggerSinkConfiguration.CreateSink(
            to => to.Async(next => next.Sink(new LostLinesSink(written, queue)), settings.QueuedLines, blockWhenFull: false, queue)));
    }

    private static FileTroubleSink Files(string directory, LogSettings settings, ConsoleSink console) => new(
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
