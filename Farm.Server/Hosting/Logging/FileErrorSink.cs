using Serilog.Core;
using Serilog.Events;

namespace Farm.Server.Hosting.Logging;

/// <summary>
/// Writes to the log files. If they cannot be written, says so on the console, once until it works again, and drops the lines.
/// </summary>
internal sealed class FileErrorSink : ILogEventSink, ILoggingFailureListener, IDisposable
{
    private readonly ILogEventSink _files;
    private readonly ConsoleSink _console;
    private bool _failed;
    private bool _said;

    /// <summary>Listens to failures of the file sink.</summary>
    public FileErrorSink(ILogEventSink files, ConsoleSink console)
    {
        _files = files;
        _console = console;
        if (files is ISetLoggingFailureListener telling) telling.SetFailureListener(this);
    }

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        _failed = false;
        try
        {
            _files.Emit(logEvent);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failed(logEvent.Timestamp, e.Message);
        }

        if (!_failed) _said = false;
    }

    /// <inheritdoc/>
    public void OnLoggingFailed(
        object sender, LoggingFailureKind kind, string message, IReadOnlyCollection<LogEvent>? events, Exception? exception) =>
        Failed(events?.FirstOrDefault()?.Timestamp ?? DateTimeOffset.Now, exception?.Message ?? message);

    /// <inheritdoc/>
    public void Dispose() => (_files as IDisposable)?.Dispose();

    private void Failed(DateTimeOffset time, string reason)
    {
        _failed = true;
        if (_said) return;
        _said = true;
        _console.Write(LogText.Line(
            time, LogLevel.Error, "Farm.Log", $"Cannot write the log file; free disk space or correct its permissions: {reason}", null));
    }
}
