using Farm.Dashboard.Ports;

namespace Farm.Server.Contracts.Shared.Dashboard;

/// <summary>Converts farm values to those of the dashboard.</summary>
internal static class DashboardValues
{
    /// <summary>Task counts.</summary>
    public static TaskCounts Map(Domain.Tasks.TaskCounts counts) => new(
        Number(counts.Queued), Number(counts.Pended), Number(counts.Active), Number(counts.SoftFailed),
        Number(counts.Paused), Number(counts.Completed), Number(counts.Failed), Number(counts.Canceled));

    /// <summary>A count, clamped to the range of an integer.</summary>
    public static int Number(long count) => (int)Math.Clamp(count, 0, int.MaxValue);

    /// <summary>A time in unix milliseconds.</summary>
    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
