using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.TaskTracker.Messages;

/// <summary>A task (Contracts/TaskTracker/Contract.md section 3).</summary>
internal sealed record TaskMessage
{
    public required long Id { get; init; }

    public required int Priority { get; init; }

    public required ProjectMessage Project { get; init; }

    public required long Assignee { get; init; }

    public required int Retries { get; init; }

    public required int MaxRetries { get; init; }

    public required int Status { get; init; }

    public required string Recipe { get; init; }

    public required int MaxAssignTime { get; init; }

    public required long AssignTime { get; init; }

    public required int VerificationCount { get; init; }
}

/// <summary>Content of <c>task/get</c>.</summary>
internal sealed record TaskContent(TaskMessage Task);

/// <summary>Body of <c>task/submit</c>. Hash and unique text each have two names (decision D4).</summary>
internal sealed record SubmitRequest
{
    public long? Project { get; init; }

    public string? Recipe { get; init; }

    public short? MaxRetries { get; init; }

    public short? Priority { get; init; }

    public long? MaxAssignTime { get; init; }

    [JsonPropertyName("hash64")]
    public long? Hash { get; init; }

    [JsonPropertyName("hash_u64")]
    public long? OtherHash { get; init; }

    [JsonPropertyName("unique_string")]
    public string? Unique { get; init; }

    [JsonPropertyName("unique_str")]
    public string? OtherUnique { get; init; }

    public short? VerificationCount { get; init; }
}

/// <summary>Body of <c>task/bulk_submit</c>.</summary>
internal sealed record BulkSubmitRequest
{
    public IReadOnlyList<SubmitRequest?>? Requests { get; init; }
}

/// <summary>Body of <c>task/release</c>.</summary>
internal sealed record ReleaseRequest
{
    public long? TaskId { get; init; }

    public long? Result { get; init; }

    public long? Verification { get; init; }
}

/// <summary>Content of <c>task/release</c>.</summary>
internal sealed record ReleaseContent(bool Updated);

/// <summary>Body of <c>worker/create</c> and <c>worker/update</c>.</summary>
internal sealed record WorkerRequest
{
    public string? Alias { get; init; }
}

/// <summary>Body of <c>worker/set_paused</c>.</summary>
internal sealed record PauseRequest
{
    public long? Worker { get; init; }

    public bool? Paused { get; init; }
}

/// <summary>Content of <c>worker/create</c> and <c>worker/get</c>.</summary>
internal sealed record WorkerContent(WorkerMessage Worker);

/// <summary>How many tasks a worker closed.</summary>
internal sealed record WorkerStatMessage(string Alias, long ClosedTaskCount, bool Paused, long Id);

/// <summary>Content of <c>worker/stats</c>.</summary>
internal sealed record WorkerStatsContent(IReadOnlyList<WorkerStatMessage> Stats);

/// <summary>JSON of the messages about tasks and workers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(TaskContent))]
[JsonSerializable(typeof(SubmitRequest))]
[JsonSerializable(typeof(BulkSubmitRequest))]
[JsonSerializable(typeof(ReleaseRequest))]
[JsonSerializable(typeof(ReleaseContent))]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(PauseRequest))]
[JsonSerializable(typeof(WorkerContent))]
[JsonSerializable(typeof(WorkerStatsContent))]
internal sealed partial class TaskJson : JsonSerializerContext;
