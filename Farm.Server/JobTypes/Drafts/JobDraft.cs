namespace Farm.Server.JobTypes.Drafts;

/// <summary>A compiled submission, ready to be stored.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Settings">
/// The settings to store in place of the submitted ones. Compiling a submission with these settings yields the same
/// stages.
/// </param>
/// <param name="Stages">At least one; each depends only on earlier ones.</param>
/// <param name="TaskCount">Number of tasks in all stages, known without enumerating them.</param>
/// <param name="StepsTotal">Number of steps in all tasks, known without enumerating them.</param>
internal sealed record JobDraft(
    string Name,
    JobSettings Settings,
    IReadOnlyList<StageDraft> Stages,
    long TaskCount,
    long StepsTotal)
{
    /// <summary>Data stored with the job so that it can be compiled again after its job type changed; null if the settings suffice.</summary>
    public string? Source { get; init; }
}
