namespace Farm.Server.JobTypes.Drafts;

/// <summary>How large the tasks of a stage are, known without creating them all.</summary>
/// <param name="Count">The number of tasks.</param>
/// <param name="Smallest">No task is stored in fewer bytes than this one.</param>
/// <param name="Largest">No task is stored in more bytes than this one.</param>
internal sealed record TaskBounds(long Count, Func<TaskDraft> Smallest, Func<TaskDraft> Largest);
