namespace Farm.Server.Hosting.Logging;

/// <summary>Puts the farm's log into a host.</summary>
internal static class LogHosting
{
    /// <summary>
    /// Replaces the framework's loggers. What the framework says of each request and each start is left out; its warnings stay.
    /// </summary>
    public static ILoggingBuilder AddFarmLog(this ILoggingBuilder logging, LogSettings settings, TimeProvider time, TextWriter console)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(settings.Level);
        var ofFramework = settings.Level > LogLevel.Warning ? settings.Level : LogLevel.Warning;
        logging.AddFilter("Microsoft", ofFramework);
        logging.AddFilter("System", ofFramework);
        // Made by the container, so that the container disposes it, and with that writes what still waits.
        logging.Services.AddSingleton<ILoggerProvider>(_ => new FarmLoggerProvider(new LogWriter(settings, console), time));
        return logging;
    }
}
