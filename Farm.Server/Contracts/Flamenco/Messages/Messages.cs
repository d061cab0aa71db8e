using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.Flamenco.Messages;

/// <summary>An error (Contracts/Flamenco/Contract.md section 1.2).</summary>
internal sealed record ErrorMessage(int Code, string Message);

/// <summary>The response to a registration (section 3.1).</summary>
internal sealed record RegisteredWorker(
    Guid Uuid, string Name, string Address, string Status, string Platform, string Software, IReadOnlyList<string> SupportedTaskTypes);

/// <summary>The status that a worker must change to (sections 3.2, 3.4 and 3.6).</summary>
internal sealed record WorkerStateChange(string StatusRequested);

/// <summary>A task assigned to a worker (section 3.6).</summary>
/// <param name="Attempt">Farm's own: the id of this attempt, which a worker can send with updates.</param>
internal sealed record AssignedTaskMessage(
    Guid Uuid, Guid Job, string Name, string Status, int Priority, int JobPriority, string JobType, string TaskType, JsonArray Commands,
    int StepsCompleted, int StepsTotal, string Attempt);

/// <summary>Whether a worker may keep running a task (section 3.8). These names are not snake_case.</summary>
internal sealed record MayKeepRunning(
    [property: JsonPropertyName("mayKeepRunning")] bool MayRun,
    string Reason,
    [property: JsonPropertyName("statusChangeRequested")] bool StatusChangeRequested);

/// <summary>Name and version of the manager (section 6.1).</summary>
internal sealed record VersionMessage(string Version, string Shortversion, string Name, string Git);

/// <summary>The status of the farm (section 4.8).</summary>
internal sealed record FarmStatusMessage(string Status);

/// <summary>The job types (section 7.1).</summary>
internal sealed record JobTypesMessage(JsonArray JobTypes);

/// <summary>The Shaman checkout of a job.</summary>
internal sealed record JobStorage(string ShamanCheckoutId);

/// <summary>A job (section 6.2).</summary>
internal sealed record JobMessage
{
    public required string Name { get; init; }

    public required string Type { get; init; }

    public required int Priority { get; init; }

    public required string SubmitterPlatform { get; init; }

    public required RawJson Settings { get; init; }

    public required RawJson Metadata { get; init; }

    public JobStorage? Storage { get; init; }

    public Guid? WorkerTag { get; init; }

    public required Guid Id { get; init; }

    public required DateTime Created { get; init; }

    public required DateTime Updated { get; init; }

    public required string Status { get; init; }

    public required string Activity { get; init; }

    public required long StepsCompleted { get; init; }

    public required long StepsTotal { get; init; }

    public DateTime? DeleteRequestedAt { get; init; }
}

/// <summary>What would be deleted with a job (section 6.2).</summary>
internal sealed record JobDeletionInfo(bool ShamanCheckout);

/// <summary>The paths of the last-rendered images (sections 3.9 and 6.2).</summary>
internal sealed record LastRenderedInfo(string Base, IReadOnlyList<string> Suffixes);

/// <summary>JSON of this protocol: snake_case, nulls omitted.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(RegisteredWorker))]
[JsonSerializable(typeof(WorkerStateChange))]
[JsonSerializable(typeof(AssignedTaskMessage))]
[JsonSerializable(typeof(MayKeepRunning))]
[JsonSerializable(typeof(VersionMessage))]
[JsonSerializable(typeof(FarmStatusMessage))]
[JsonSerializable(typeof(JobTypesMessage))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JobMessage))]
[JsonSerializable(typeof(LastRenderedInfo))]
[JsonSerializable(typeof(TaskSummaryMessage))]
[JsonSerializable(typeof(TaskMessage))]
[JsonSerializable(typeof(TaskLogInfo))]
[JsonSerializable(typeof(WorkerListMessage))]
[JsonSerializable(typeof(WorkerMessage))]
[JsonSerializable(typeof(WorkerTagListMessage))]
[JsonSerializable(typeof(SleepScheduleMessage))]
[JsonSerializable(typeof(BlocklistEntry[]))]
[JsonSerializable(typeof(JobDeletionInfo))]
[JsonSerializable(typeof(ConfigurationMessage))]
[JsonSerializable(typeof(Dictionary<string, VariableMessage>))]
[JsonSerializable(typeof(SharedStorageMessage))]
[JsonSerializable(typeof(PathCheckMessage))]
[JsonSerializable(typeof(BlenderCheckMessage))]
[JsonSerializable(typeof(BlenderCheckMessage[]))]
[JsonSerializable(typeof(ShamanRequirementsMessage))]
[JsonSerializable(typeof(ShamanCheckoutMessage))]
[JsonSerializable(typeof(ShamanStatusMessage))]
internal sealed partial class FlamencoJson : JsonSerializerContext;
