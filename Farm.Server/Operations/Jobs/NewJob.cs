using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.Operations.Jobs;

/// <summary>A job to submit (Contracts/Flamenco/Contract.md section 6.2).</summary>
/// <param name="Name">The display name.</param>
/// <param name="Type">The name of its job type.</param>
internal sealed record NewJob(string Name, string Type)
{
    /// <summary>Higher runs first.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>The settings from which the job type makes tasks.</summary>
    public JobSettings Settings { get; init; } = new();

    /// <summary>Free text by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The platform whose paths are in the settings; <c>manager</c> for that of the manager.</summary>
    public string SubmitterPlatform { get; init; } = "";

    /// <summary>The etag of the job type that the submitter knows; empty to skip the check.</summary>
    public string TypeEtag { get; init; } = "";

    /// <summary>Where its files are, in the words of the protocol that stores them and removes them with the job; null for none.</summary>
    public string? Storage { get; init; }

    /// <summary>The tag that workers need; null for any worker.</summary>
    public Guid? WorkerTag { get; init; }

    /// <summary>The status after its tasks are written.</summary>
    public JobStatus InitialStatus { get; init; } = JobStatus.Queued;
}
