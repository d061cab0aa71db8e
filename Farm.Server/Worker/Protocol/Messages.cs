using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farm.Server.Worker.Protocol;

/// <summary>A worker introducing itself (contract section 3.1). The secret is of the worker's own making.</summary>
internal sealed record WorkerRegistration(string Name, string Secret, string Platform, IReadOnlyList<string> SupportedTaskTypes);

/// <summary>The part of the answer to a registration that the worker keeps.</summary>
internal sealed record RegisteredWorker(string Uuid);

/// <summary>Contract section 3.2.</summary>
internal sealed record WorkerSignOn(string Name, IReadOnlyList<string> SupportedTaskTypes, string SoftwareVersion, bool CanRestart);

/// <summary>What the manager wants the worker to be: the answer to sign-on and state, and the body of a 423.</summary>
internal sealed record WorkerStateChange(string StatusRequested);

/// <summary>What the worker has become (contract section 3.5).</summary>
internal sealed record WorkerStateChanged(string Status);

/// <summary>
/// A task to do now (contract section 3.6). <paramref name="Attempt"/> is given by Farm only: the id of this hand-out, repeated with every
/// report so that the manager can tell this attempt from any other.
/// </summary>
internal sealed record AssignedTask(string Uuid, string Name, string JobType, IReadOnlyList<AssignedCommand> Commands, string? Attempt);

/// <summary>One command of a task (contract section 7.5).</summary>
/// <param name="TotalStepCount">How many steps the command reports by itself; 0 means one, when it is done.</param>
internal sealed record AssignedCommand(string Name, JsonElement Parameters, int TotalStepCount);

/// <summary>A report about a task (contract section 3.7). What is null is left out and stays as it is.</summary>
internal sealed record TaskUpdate
{
    [JsonPropertyName("taskStatus")]
    public string? Status { get; init; }

    public string? Activity { get; init; }

    public string? Log { get; init; }

    public int? StepsCompleted { get; init; }

    public string? Attempt { get; init; }
}

/// <summary>Contract section 3.8.</summary>
internal sealed record RunPermission(
    [property: JsonPropertyName("mayKeepRunning")] bool MayKeepRunning,
    [property: JsonPropertyName("reason")] string? Reason);

/// <summary>What the manager got of a file (Farm's own protocol).</summary>
internal sealed record UploadedFile(string? Sha256);

/// <summary>Messages for the people who look at a task that failed (Farm's own protocol).</summary>
internal sealed record TaskMessages(IReadOnlyList<string> Messages);

/// <summary>
/// How managers say no, as far as the worker reads it: <paramref name="Message"/> in contract section 1.2, <paramref name="Error"/> in Farm's own protocol.
/// </summary>
internal sealed record ManagerError(string? Message, string? Error = null);

/// <summary>Who answers as a manager (contract section 6.1).</summary>
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
internal sealed partial class WorkerJson : JsonSerializerContext;
