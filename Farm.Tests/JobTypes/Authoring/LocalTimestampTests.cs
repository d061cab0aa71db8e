using Farm.Server.JobTypes.Authoring;

namespace Farm.Tests.JobTypes.Authoring;

public sealed class LocalTimestampTests
{
    [Fact]
    public void A_timestamp_is_in_local_time()
    {
        var time = new DateTimeOffset(2025, 1, 2, 23, 4, 5, TimeSpan.Zero);
        var zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test");

        Assert.Equal("2025-01-02_230405", LocalTimestamp.Format(time, TimeZoneInfo.Utc));
        Assert.Equal("2025-01-03_010405", LocalTimestamp.Format(time, zone));
    }
}
