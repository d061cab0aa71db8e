using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes.Drafts;

/// <summary>The tasks of one job that are alike for the scheduler: same type, same priority, same dependencies.</summary>
/// <param name="Name">Shown to people: <c>render</c>, <c>preview-video</c> …</param>
/// <param name="TaskType">What a worker must support to get these tasks; lower case.</param>
/// <param name="Priority">The tasks' priority within the job; higher is sooner.</param>
/// <param name="DependsOn">Indexes of earlier stages of the job, all tasks of which must be completed first.</param>
/// <param name="Tasks">
/// Made while it is enumerated, the same ones in the same order each time, so that a job of a million tasks can be
/// stored in slices, and compiled again from the stored settings where a crash left off.
/// </param>
internal sealed record StageDraft(
    string Name,
    string TaskType,
    int Priority,
    IReadOnlyList<int> DependsOn,
    IEnumerable<TaskDraft> Tasks)
{
    /// <summary>
    /// Whether a failure that a worker reports is final: the task says by itself that it cannot be done, and no other worker tries it. Workers that
    /// are lost or fall silent are no failures.
    /// </summary>
    public bool FailureIsFinal { get; init; }

    /// <summary>Parameters that every command of these tasks has beside its own; kept once. Null for none. The draft owns this object.</summary>
    public JsonObject? Shared { get; init; }

    /// <summary>The form in which <see cref="Shared"/> is stored.</summary>
    public string? SharedText => Shared?.ToJsonString();

    /// <summary>The name of a tag that workers need for these tasks, whatever the job as a whole asks for; null for none.</summary>
    public string? WorkerTag { get; init; }
}
