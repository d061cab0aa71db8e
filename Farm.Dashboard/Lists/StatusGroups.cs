using Farm.Dashboard.Ports;

namespace Farm.Dashboard.Lists;

/// <summary>Statuses that one filter combines. <paramref name="Key"/> is its name in the URL.</summary>
public sealed record StatusGroup<TStatus>(string Key, string Label, IReadOnlyList<TStatus> Statuses);

/// <summary>The filters above the lists.</summary>
public static class StatusGroups
{
    public static readonly IReadOnlyList<StatusGroup<JobStatus>> Jobs =
    [
        new("running", "Running", [JobStatus.Active, JobStatus.PauseRequested, JobStatus.CancelRequested]),
        new("waiting", "Waiting", [JobStatus.Queued, JobStatus.Paused, JobStatus.Requeueing, JobStatus.UnderConstruction]),
        new("failed", "Failed", [JobStatus.Failed]),
        new("completed", "Completed", [JobStatus.Completed]),
        new("canceled", "Canceled", [JobStatus.Canceled]),
    ];

    public static readonly IReadOnlyList<StatusGroup<TaskStatus>> Tasks =
    [
        new("active", "Active", [TaskStatus.Active]),
        new("waiting", "Waiting", [TaskStatus.Queued, TaskStatus.Pended, TaskStatus.Paused]),
        new("trouble", "Failed", [TaskStatus.SoftFailed, TaskStatus.Failed]),
        new("completed", "Completed", [TaskStatus.Completed]),
        new("canceled", "Canceled", [TaskStatus.Canceled]),
    ];

    public static readonly IReadOnlyList<StatusGroup<WorkerStatus>> Workers =
    [
        new("awake", "Awake", [WorkerStatus.Awake, WorkerStatus.Starting, WorkerStatus.Testing]),
        new("asleep", "Asleep", [WorkerStatus.Asleep]),
        new("error", "Error", [WorkerStatus.Error]),
        new("offline", "Offline", [WorkerStatus.Offline, WorkerStatus.Restart]),
    ];

    /// <summary>The statuses of a group; empty, for no filter, if the name is unknown or missing.</summary>
    public static IReadOnlyList<TStatus> Named<TStatus>(this IReadOnlyList<StatusGroup<TStatus>> groups, string? key) =>
        groups.FirstOrDefault(group => group.Key == key)?.Statuses ?? [];

    /// <summary>How many tasks are in each status.</summary>
    public static IReadOnlyDictionary<TaskStatus, int> ByStatus(this TaskCounts counts) => new Dictionary<TaskStatus, int>
    {
        [TaskStatus.Queued] = counts.Queued,
        [TaskStatus.Pended] = counts.Pended,
        [TaskStatus.Active] = counts.Active,
        [TaskStatus.SoftFailed] = counts.SoftFailed,
        [TaskStatus.Paused] = counts.Paused,
        [TaskStatus.Completed] = counts.Completed,
        [TaskStatus.Failed] = counts.Failed,
        [TaskStatus.Canceled] = counts.Canceled,
    };
}
