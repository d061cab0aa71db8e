namespace Farm.Server.Domain.Tasks;

/// <summary>
/// Status of a task. A task is in exactly one of these (Docs/design.md section 1, rule 1). The numbers are stored in the database and
/// used in the partial indexes of the migrations: never renumber.
/// </summary>
internal enum TaskStatus
{
    /// <summary>Waits to be handed out.</summary>
    Queued = 0,

    /// <summary>Failed on one worker and waits to be handed to another.</summary>
    SoftFailed = 1,

    /// <summary>Held until someone releases it.</summary>
    Pended = 2,

    /// <summary>Assigned to a worker.</summary>
    Active = 3,

    /// <summary>Held because its job is paused, or because someone suspended it.</summary>
    Paused = 4,

    /// <summary>Done.</summary>
    Completed = 5,

    /// <summary>Failed for good.</summary>
    Failed = 6,

    /// <summary>Will not run.</summary>
    Canceled = 7,
}

/// <summary>The names of task statuses.</summary>
internal static class TaskStatusNames
{
    private static readonly string[] Names =
        ["queued", "soft-failed", "pended", "active", "paused", "completed", "failed", "canceled"];

    /// <summary>The number of statuses.</summary>
    public const int Count = 8;

    /// <summary>The name of a status, such as <c>soft-failed</c>.</summary>
    public static string Name(this TaskStatus status) => Names[(int)status];

    /// <summary>Parses a status name; false when it is unknown.</summary>
    public static bool TryParse(string? name, out TaskStatus status)
    {
        var index = Array.IndexOf(Names, name);
        status = (TaskStatus)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Whether a task in this status may be handed out, if its dependencies and its job allow it.</summary>
    public static bool IsReady(this TaskStatus status) => status is TaskStatus.Queued or TaskStatus.SoftFailed;
}
