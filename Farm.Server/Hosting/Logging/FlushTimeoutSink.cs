using Serilog.Core;
using Serilog.Events;

namespace Farm.Server.Hosting.Logging;

/// <summary>
/// Limits the time to flush the queue at the stop, because a console that nobody reads could block it.
/// </summary>
internal sealed class FlushTimeoutSink(ILogEventSink next) : ILogEventSink, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent) => next.Emit(logEvent);

    /// <inheritdoc/>
    public void Dispose() => Task.Run(() => (next as IDisposable)?.Dispose()).Wait(Timeout);
}
