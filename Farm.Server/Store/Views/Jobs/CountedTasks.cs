using Farm.Server.Domain.Tasks;

namespace Farm.Server.Store.Views.Jobs;

/// <summary>A row with the task counters of one or several jobs.</summary>
internal abstract record CountedTasks
{
    /// <summary>The counters of a job <c>j</c>.</summary>
    public const string Columns =
        """
        j.tasks_queued, j.tasks_soft_failed, j.tasks_pended, j.tasks_active, j.tasks_paused, j.tasks_completed, j.tasks_failed, j.tasks_canceled
        """;

    /// <summary>Number of tasks in each status.</summary>
    public TaskCounts Tasks => new(
        TasksQueued, TasksSoftFailed, TasksPended, TasksActive, TasksPaused, TasksCompleted, TasksFailed, TasksCanceled);

    protected long TasksQueued { get; init; }

    protected long TasksSoftFailed { get; init; }

    protected long TasksPended { get; init; }

    protected long TasksActive { get; init; }

    protected long TasksPaused { get; init; }

    protected long TasksCompleted { get; init; }

    protected long TasksFailed { get; init; }

    protected long TasksCanceled { get; init; }
}
