namespace Farm.Tests.Support;

/// <summary>A clock that people set, while the time that passes is that of another clock.</summary>
internal sealed class JumpingTime(ManualTime steady) : TimeProvider
{
    private TimeSpan _offset;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + _offset;

    public override long GetTimestamp() => steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => steady.CreateTimer(callback, state, dueTime, period);

    /// <summary>Sets the clock forward or back.</summary>
    public void Jump(TimeSpan by) => _offset += by;
}
