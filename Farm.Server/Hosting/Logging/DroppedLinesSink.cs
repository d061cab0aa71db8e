using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;
using Serilog.Sinks.Async;

namespace Farm.Server.Hosting.Logging;

/// <summary>
/// Logs how many lines were dropped because the queue before it was full. Logging never waits for the disk.
/// </summary>
internal sealed class DroppedLinesSink(ILogEventSink next, DroppedLinesSink.Queue queue) : ILogEventSink, IDisposable
{
    private static readonly MessageTemplate Lost = new MessageTemplateParser().Parse("{Lines} log lines dropped: too many at once");

    private long _said;

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        next.Emit(logEvent);
        var lost = queue.Lost - _said;
        if (lost <= 0) return;
        _said += lost;
        next.Emit(new LogEvent(
            logEvent.Timestamp, LogEventLevel.Warning, null, Lost,
            [
                new LogEventProperty("Lines", new ScalarValue(lost)),
                new LogEventProperty(Constants.SourceContextPropertyName, new ScalarValue("Farm.Log")),
            ]));
    }

    /// <inheritdoc/>
    public void Dispose() => (next as IDisposable)?.Dispose();

    /// <summary>The queue that the lines come from.</summary>
    public sealed class Queue : IAsyncLogEventSinkMonitor
    {
        private volatile IAsyncLogEventSinkInspector? _inspector;

        /// <summary>How many lines were dropped since the start.</summary>
        public long Lost => _inspector?.DroppedMessagesCount ?? 0;

        /// <inheritdoc/>
        public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => _inspector = inspector;

        /// <inheritdoc/>
        public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
        {
            // The inspector is still needed while the rest of the queue is written.
        }
    }
}
