namespace Farm.Server.JobTypes.Drafts;

/// <summary>What a job type made of a submission, ready to be stored.</summary>
/// <param name="Name">The job's name.</param>
/// <param name="Settings">
/// The settings as the job type left them, to be stored instead of the submitted ones. Compiling a submission with
/// these settings again yields the same stages.
/// </param>
/// <param name="Stages">At least one; each depends only on earlier ones.</param>
/// <param name="TaskCount">Tasks of all stages, known without enumerating them.</param>
/// <param name="StepsTotal">Steps of all tasks, known without enumerating them.</param>
internal sealed record JobDraft(
    string Name,
    JobSettings Settings,
    IReadOnlyList<StageDraft> Stages,
    long TaskCount,
    long StepsTotal)
{
    /// <summary>What a job type that may change needs to compile the job again, to be kept with the job; null if settings are enough.</summary>
    public string? Source { get; init; }
}
