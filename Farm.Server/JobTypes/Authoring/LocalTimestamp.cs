using System.Globalization;

namespace Farm.Server.JobTypes.Authoring;

/// <summary>Times in names of directories and files.</summary>
internal static class LocalTimestamp
{
    /// <summary>
    /// The wall clock in that zone, fit for a file name on all platforms: <c>2025-01-02_150405</c> (Contracts/Flamenco/Contract.md section 7.3).
    /// </summary>
    public static string Format(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd'_'HHmmss", CultureInfo.InvariantCulture);
}
