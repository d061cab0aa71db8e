using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Jobs;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Reads submitted jobs (Contracts/Flamenco/Contract.md section 6.2).</summary>
internal static class Submission
{
    private const int DefaultPriority = 50;

    /// <summary>A submitted job.</summary>
    /// <exception cref="FlamencoException">The body is not a valid submission.</exception>
    public static NewJob Read(RequestBody body) => new(body.Name("name"), body.Text("type"))
    {
        Priority = body.IntegerOrNull("priority") ?? DefaultPriority,
        SubmitterPlatform = body.Text("submitter_platform"),
        Settings = new JobSettings(body.OptionalObject("settings") ?? []),
        Metadata = body.OptionalDictionary("metadata") ?? new Dictionary<string, string>(),
        TypeEtag = body.OptionalText("type_etag") ?? "",
        Storage = body.OptionalPart("storage")?.OptionalText("shaman_checkout_id") is { Length: > 0 } checkout ? checkout : null,
        WorkerTag = Tag(body.OptionalText("worker_tag")),
        InitialStatus = InitialStatus(body.OptionalEnum<JobStatus>("initial_status", JobStatusNames.TryParse)),
    };

    private static Guid? Tag(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : Guid.TryParseExact(text, "D", out var tag) ? tag
        : throw FlamencoException.Malformed("property \"worker_tag\" must be the UUID of a worker tag, or empty");

    /// <summary>The other statuses are impossible for a new job.</summary>
    private static JobStatus InitialStatus(JobStatus? status) => status switch
    {
        null => JobStatus.Queued,
        JobStatus.Queued or JobStatus.Active or JobStatus.Paused => status.Value,
        _ => throw FlamencoException.Malformed("property \"initial_status\" of a new job must be \"queued\" or \"paused\""),
    };
}
