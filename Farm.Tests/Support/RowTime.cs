namespace Farm.Tests.Support;

/// <summary>A clock whose timestamps advance with the rows that a database changes, so that the length of an operation is its number of rows.</summary>
internal sealed class RowTime(TimeSpan perRow) : TimeProvider
{
    /// <summary>How many rows were changed; 0 until it is set.</summary>
    public Func<long> Rows { get; set; } = () => 0;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Rows() * perRow.Ticks;
}
