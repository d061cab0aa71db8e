namespace Farm.Server.JobTypes.Drafts;

/// <summary>One task as a job type wants it: what one worker does at a time.</summary>
/// <param name="Name">Shown to people; unique within the job only by custom.</param>
/// <param name="Commands">Run one after the other by the same worker.</param>
internal sealed record TaskDraft(string Name, IReadOnlyList<CommandDraft> Commands)
{
    /// <summary>The frames that the task makes, as ranges such as <c>1-5,8-8</c>; null if it makes none.</summary>
    public string? Frames { get; init; }

    /// <summary>The task's total of steps: each command counts at least one (Contracts/Flamenco/Contract.md section 7.3).</summary>
    public int StepsTotal => Commands.Sum(command => Math.Max(1, command.TotalStepCount));
}
