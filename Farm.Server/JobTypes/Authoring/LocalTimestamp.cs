using System.Globalization;

namespace Farm.Server.JobTypes.Authoring;

/// <summary>Formats times for file and directory names.</summary>
internal static class LocalTimestamp
{
    /// <summary>
    /// Local time in the given zone, valid in file names on all platforms: <c>2025-01-02_150405</c> (Contracts/Flamenco/Contract.md section 7.3).
    /// </summary>
    public static string Format(DateTimeOffset time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd'_'HHmmss", CultureInfo.InvariantCulture);
}
