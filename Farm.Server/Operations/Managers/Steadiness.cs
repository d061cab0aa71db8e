namespace Farm.Server.Operations.Managers;

/// <summary>
/// How long this manager has run without interruption, so that it can tell the silence of a worker from its own absence: it was stopped for a while, the clock
/// of the machine was set, or the machine slept. What workers did before an interruption is not known for certain.
/// </summary>
/// <param name="time">The clock of the farm.</param>
/// <param name="clock">Measures how long this manager was stopped: the machine's own, whatever the clock of the farm.</param>
internal sealed class Steadiness(TimeProvider time, TimeProvider clock)
{
    /// <summary>The time between two calls of <see cref="Observe"/>.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A shorter absence, or a smaller change of the clock, is none.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long? _since = time.GetTimestamp();
    private TimeSpan _offset = Offset(time);
    private long? _observedAt;

    /// <summary>How long it has run without interruption, on the clock of the farm.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock) return _since is { } since && !WasInterrupted() ? time.GetElapsedTime(since) : TimeSpan.Zero;
        }
    }

    /// <summary>Looks for an interruption since the last call. After the first call it must be called every <see cref="Interval"/>.</summary>
    public void Observe()
    {
        lock (_lock)
        {
            if (_since is not null && WasInterrupted()) _since = time.GetTimestamp();
            (_observedAt, _offset) = (clock.GetTimestamp(), Offset(time));
        }
    }

    /// <summary>An interruption begins that lasts until <see cref="End"/>.</summary>
    public void Begin()
    {
        lock (_lock) _since = null;
    }

    /// <summary>The interruption is over, if there is one.</summary>
    public void End()
    {
        lock (_lock) _since ??= time.GetTimestamp();
    }

    private bool WasInterrupted() =>
        (_observedAt is { } observed && clock.GetElapsedTime(observed) > Tolerance) || (Offset(time) - _offset).Duration() > Tolerance;

    /// <summary>How far the time of day is from what passed steadily.</summary>
    private static TimeSpan Offset(TimeProvider time) => time.GetUtcNow() - DateTimeOffset.UnixEpoch - time.GetElapsedTime(0);
}
