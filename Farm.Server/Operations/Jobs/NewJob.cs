using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.Operations.Jobs;

/// <summary>A job as someone submits it (Contracts/Flamenco/Contract.md section 6.2).</summary>
/// <param name="Name">The name for people.</param>
/// <param name="Type">The name of its job type.</param>
internal sealed record NewJob(string Name, string Type)
{
    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; } = 50;

    /// <summary>What the job type makes tasks of.</summary>
    public JobSettings Settings { get; init; } = new();

    /// <summary>Free text by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The platform whose paths are in the settings; <c>manager</c> for the manager's own.</summary>
    public string SubmitterPlatform { get; init; } = "";

    /// <summary>The etag of the job type that the submitter knows; empty when it does not care.</summary>
    public string TypeEtag { get; init; } = "";

    /// <summary>Where its files were checked out, to be removed with it.</summary>
    public string? ShamanCheckoutId { get; init; }

    /// <summary>The tag that workers need; null when any worker will do.</summary>
    public Guid? WorkerTag { get; init; }

    /// <summary>The status that it has once its tasks are written.</summary>
    public JobStatus InitialStatus { get; init; } = JobStatus.Queued;
}
