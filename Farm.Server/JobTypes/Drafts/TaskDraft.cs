namespace Farm.Server.JobTypes.Drafts;

/// <summary>A task, to be run by one worker.</summary>
/// <param name="Name">Shown to users; usually unique within the job.</param>
/// <param name="Commands">Run in order by the same worker.</param>
internal sealed record TaskDraft(string Name, IReadOnlyList<CommandDraft> Commands)
{
    /// <summary>The frames that the task renders, as ranges such as <c>1-5,8-8</c>; null if none.</summary>
    public string? Frames { get; init; }

    /// <summary>Total number of steps; each command counts at least one (Contracts/Flamenco/Contract.md section 7.3).</summary>
    public int StepsTotal => Commands.Sum(command => Math.Max(1, command.TotalStepCount));
}
