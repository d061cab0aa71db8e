using Serilog.Core;
using Serilog.Events;
using Serilog.Parsing;
using Serilog.Sinks.Async;

namespace Farm.Server.Hosting.Logging;

/// <summary>
/// Says in the log how many lines did not fit into the queue before it. Nobody who logs waits for a disk: when more lines wait than fit, the
/// newest are dropped.
/// </summary>
internal sealed class LostLinesSink(ILogEventSink next, LostLinesSink.Queue queue) : ILogEventSink, IDisposable
{
    private static readonly MessageTemplate Lost = new MessageTemplateParser().Parse("{Lines} lines of the log were lost: too many at once");

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

        /// <summary>How many lines did not fit since the start.</summary>
        public long Lost => _inspector?.DroppedMessagesCount ?? 0;

        /// <inheritdoc/>
        public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => _inspector = inspector;

        /// <inheritdoc/>
        public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
        {
            // What was lost by then is still to be said while the rest of the queue is written.
        }
    }
}
