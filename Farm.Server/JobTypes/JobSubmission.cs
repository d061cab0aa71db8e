using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes;

/// <summary>The data from which a job type compiles a job (Contracts/Flamenco/Contract.md sections 6.2 and 7.3).</summary>
/// <param name="JobId">The job's UUID.</param>
/// <param name="Name">The job's name.</param>
/// <param name="Type">The job type's name.</param>
/// <param name="Priority">The job's priority; higher is sooner.</param>
/// <param name="Settings">As submitted, with two-way variables already replaced. Any key may be missing or of another type.</param>
/// <param name="Metadata">Free text by key.</param>
/// <param name="Created">When the job was submitted.</param>
/// <param name="TimeZone">The farm's time zone, for times in paths.</param>
/// <param name="SubmitterPlatform"><c>linux</c>, <c>windows</c>, <c>darwin</c> or any other value that the submitter sent.</param>
internal sealed record JobSubmission(
    Guid JobId,
    string Name,
    string Type,
    int Priority,
    JobSettings Settings,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset Created,
    TimeZoneInfo TimeZone,
    string SubmitterPlatform)
{
    /// <summary>The settings before variables were replaced; null if no longer known.</summary>
    public JobSettings? Submitted { get; init; }

    /// <summary>The two-way variables of the submitter's platform, for paths that are not settings.</summary>
    public IReadOnlyList<BoundVariable> PathRules { get; init; } = [];

    /// <summary>The <see cref="JobDraft.Source"/> of a stored job; null for a new job.</summary>
    public string? Source { get; init; }
}
