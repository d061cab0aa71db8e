using Serilog.Core;
using Serilog.Events;

namespace Farm.Server.Hosting.Logging;

/// <summary>
/// Ends what is behind it, and with that writes what still waits, for a few seconds at most: a console that nobody reads must not hold up a
/// stop.
/// </summary>
internal sealed class PromptEndSink(ILogEventSink next) : ILogEventSink, IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public void Emit(LogEvent logEvent) => next.Emit(logEvent);

    /// <inheritdoc/>
    public void Dispose() => Task.Run(() => (next as IDisposable)?.Dispose()).Wait(Timeout);
}
