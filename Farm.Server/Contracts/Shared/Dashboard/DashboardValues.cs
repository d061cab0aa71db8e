using Farm.Dashboard.Ports;

namespace Farm.Server.Contracts.Shared.Dashboard;

/// <summary>Values of the farm in the form in which the dashboard shows them.</summary>
internal static class DashboardValues
{
    /// <summary>Counters of tasks.</summary>
    public static TaskCounts Map(Domain.Tasks.TaskCounts counts) => new(
        Number(counts.Queued), Number(counts.Pended), Number(counts.Active), Number(counts.SoftFailed),
        Number(counts.Paused), Number(counts.Completed), Number(counts.Failed), Number(counts.Canceled));

    /// <summary>A count; more than an integer holds is shown as the greatest integer.</summary>
    public static int Number(long count) => (int)Math.Clamp(count, 0, int.MaxValue);

    /// <summary>A time in unix milliseconds.</summary>
    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
