using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes.Drafts;

/// <summary>Tasks of one job with the same type, priority and dependencies.</summary>
/// <param name="Name">Shown to users, such as <c>render</c> or <c>preview-video</c>.</param>
/// <param name="TaskType">The task type that workers must support; lower case.</param>
/// <param name="Priority">The tasks' priority within the job; higher is sooner.</param>
/// <param name="DependsOn">Indexes of earlier stages whose tasks must all be completed first.</param>
/// <param name="Tasks">
/// Created while enumerated, identical and in the same order each time, so that a job of a million tasks can be stored
/// in slices and resumed from the stored settings after a crash.
/// </param>
internal sealed record StageDraft(
    string Name,
    string TaskType,
    int Priority,
    IReadOnlyList<int> DependsOn,
    IEnumerable<TaskDraft> Tasks)
{
    /// <summary>
    /// Whether a failure reported by a worker is final, so that no other worker retries the task. Lost or unresponsive workers do not count as
    /// failures.
    /// </summary>
    public bool FailureIsFinal { get; init; }

    /// <summary>Parameters common to all commands of these tasks, stored once; null if there are none. The draft owns this object.</summary>
    public JsonObject? Shared { get; init; }

    /// <summary><see cref="Shared"/> as stored.</summary>
    public string? SharedText => Shared?.ToJsonString();

    /// <summary>How large the tasks are; null if that is only known when they are created.</summary>
    public TaskBounds? Bounds { get; init; }

    /// <summary>The tag that workers need for these tasks, in place of the job's tag; null to use the job's tag.</summary>
    public string? WorkerTag { get; init; }
}
