using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farm.Server.Worker.Protocol;

/// <summary>A registration (contract section 3.1). The worker chooses the secret.</summary>
internal sealed record WorkerRegistration(string Name, string Secret, string Platform, IReadOnlyList<string> SupportedTaskTypes);

/// <summary>The response to a registration.</summary>
internal sealed record RegisteredWorker(string Uuid);

/// <summary>A sign-on (contract section 3.2).</summary>
internal sealed record WorkerSignOn(string Name, IReadOnlyList<string> SupportedTaskTypes, string SoftwareVersion, bool CanRestart);

/// <summary>The requested status: the response to sign-on and state, and the body of a 423.</summary>
internal sealed record WorkerStateChange(string StatusRequested);

/// <summary>The new status of the worker (contract section 3.5).</summary>
internal sealed record WorkerStateChanged(string Status);

/// <summary>
/// An assigned task (contract section 3.6). <paramref name="Attempt"/>, from Farm only, is the id of the attempt, sent back with every update.
/// </summary>
internal sealed record AssignedTask(string Uuid, string Name, string JobType, IReadOnlyList<AssignedCommand> Commands, string? Attempt);

/// <summary>A command of a task (contract section 7.5).</summary>
/// <param name="TotalStepCount">The number of steps that the command reports; 0 means one, at its end.</param>
internal sealed record AssignedCommand(string Name, JsonElement Parameters, int TotalStepCount);

/// <summary>An update of a task (contract section 3.7). Nulls are omitted and change nothing.</summary>
internal sealed record TaskUpdate
{
    [JsonPropertyName("taskStatus")]
    public string? Status { get; init; }

    public string? Activity { get; init; }

    public string? Log { get; init; }

    /// <summary>The number of the log text in the attempt, so that a manager which gets it twice keeps it once; null for managers without attempts.</summary>
    public long? LogPart { get; init; }

    public int? StepsCompleted { get; init; }

    public string? Attempt { get; init; }
}

/// <summary>Whether the task may keep running (contract section 3.8).</summary>
internal sealed record RunPermission(
    [property: JsonPropertyName("mayKeepRunning")] bool MayKeepRunning,
    [property: JsonPropertyName("reason")] string? Reason);

/// <summary>The response to an upload (Farm's own API).</summary>
internal sealed record UploadedFile(string? Sha256);

/// <summary>Messages of a failed task (Farm's own API).</summary>
internal sealed record TaskMessages(IReadOnlyList<string> Messages);

/// <summary>
/// An error response: <paramref name="Message"/> in contract section 1.2, <paramref name="Error"/> in Farm's own API.
/// </summary>
internal sealed record ManagerError(string? Message, string? Error = null);

/// <summary>Which farm a manager belongs to, and its proof (Farm's own API).</summary>
internal sealed record FarmIdentityAnswer
{
    public string? Id { get; init; }

    public int? Iterations { get; init; }

    public string? Salt { get; init; }

    public string? Proof { get; init; }
}

/// <summary>The version of a manager (contract section 6.1).</summary>
internal sealed record ManagerVersion(string? Version, string? Name);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(WorkerRegistration))]
[JsonSerializable(typeof(RegisteredWorker))]
[JsonSerializable(typeof(WorkerSignOn))]
[JsonSerializable(typeof(WorkerStateChange))]
[JsonSerializable(typeof(WorkerStateChanged))]
[JsonSerializable(typeof(AssignedTask))]
[JsonSerializable(typeof(TaskUpdate))]
[JsonSerializable(typeof(RunPermission))]
[JsonSerializable(typeof(UploadedFile))]
[JsonSerializable(typeof(TaskMessages))]
[JsonSerializable(typeof(ManagerError))]
[JsonSerializable(typeof(ManagerVersion))]
[JsonSerializable(typeof(FarmIdentityAnswer))]
internal sealed partial class WorkerJson : JsonSerializerContext;
