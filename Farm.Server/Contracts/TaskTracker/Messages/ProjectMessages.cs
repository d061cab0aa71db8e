using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.TaskTracker.Messages;

/// <summary>A project (Contracts/TaskTracker/Contract.md section 3).</summary>
internal record ProjectMessage
{
    public required long Id { get; init; }

    public required int Priority { get; init; }

    public required string Name { get; init; }

    public required string CloneUrl { get; init; }

    public required string GitRepo { get; init; }

    public required string Version { get; init; }

    public required string Motd { get; init; }

    public required bool Public { get; init; }

    public required bool Hidden { get; init; }

    public required long Chain { get; init; }

    public required bool Paused { get; init; }

    public required double AssignRate { get; init; }

    public required double SubmitRate { get; init; }
}

/// <summary>Content of <c>project/get</c>: the project, and its fields repeated beside it (decision D3).</summary>
internal sealed record ProjectContent : ProjectMessage
{
    [JsonPropertyOrder(-1)]
    public required ProjectMessage Project { get; init; }
}

/// <summary>Content of <c>project/list</c>.</summary>
internal sealed record ProjectsContent(IReadOnlyList<ProjectMessage> Projects);

/// <summary>Body of <c>project/create</c> and <c>project/update</c> (section 4.4.1).</summary>
internal sealed record ProjectRequest
{
    public string? Name { get; init; }

    public long? Priority { get; init; }

    public string? CloneUrl { get; init; }

    public string? GitRepo { get; init; }

    public string? Version { get; init; }

    public string? Motd { get; init; }

    public bool? Public { get; init; }

    public bool? Hidden { get; init; }

    public long? Chain { get; init; }

    public double? AssignRate { get; init; }

    public double? SubmitRate { get; init; }

    public bool? Paused { get; init; }
}

/// <summary>Content of <c>project/create</c>.</summary>
internal sealed record IdContent(long Id);

/// <summary>Body of <c>project/request_access</c>.</summary>
internal sealed record AccessRequest
{
    public bool? Assign { get; init; }

    public bool? Submit { get; init; }

    public long? Project { get; init; }
}

/// <summary>A worker. The secret is sent only once, in the response to its registration (decision D9).</summary>
internal sealed record WorkerMessage
{
    public required long Id { get; init; }

    public required long Created { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Alias { get; init; }

    public string? Secret { get; init; }

    public required bool Paused { get; init; }
}

/// <summary>The granted or requested access of a worker.</summary>
internal sealed record AccessMessage(bool Submit, bool Assign, bool Request, WorkerMessage Worker, long Project);

/// <summary>Content of <c>project/access_list</c>.</summary>
internal sealed record AccessesContent(IReadOnlyList<AccessMessage> Accesses);

/// <summary>Body and content of <c>project/secret</c>.</summary>
internal sealed record SecretMessage
{
    public string? Secret { get; init; }
}

/// <summary>Body and content of <c>project/webhook_secret</c>.</summary>
internal sealed record WebhookSecretMessage
{
    public string? WebhookSecret { get; init; }
}

/// <summary>The number of tasks that a worker holds.</summary>
internal sealed record AssigneeMessage(string Assignee, long TaskCount);

/// <summary>Content of <c>project/assignees</c>.</summary>
internal sealed record AssigneesContent(IReadOnlyList<AssigneeMessage> Assignees);

/// <summary>The counts of a project at some time.</summary>
internal sealed record SnapshotMessage(
    long NewTaskCount, long FailedTaskCount, long ClosedTaskCount, long WorkerAccessCount, long AwaitingVerificationCount, long TimeStamp);

/// <summary>Content of <c>project/monitoring</c>.</summary>
internal sealed record SnapshotsContent(IReadOnlyList<SnapshotMessage> Snapshots);

/// <summary>Content of the three maintenance calls.</summary>
internal sealed record AffectedContent(long AffectedTasks);

/// <summary>The used properties of a push event (section 4.6).</summary>
internal sealed record PushRequest
{
    public string? Ref { get; init; }

    public string? After { get; init; }

    public PushRepository? Repository { get; init; }
}

/// <summary>The repository of a push event.</summary>
internal sealed record PushRepository
{
    public string? FullName { get; init; }
}

/// <summary>JSON of the messages about projects.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ProjectContent))]
[JsonSerializable(typeof(ProjectsContent))]
[JsonSerializable(typeof(ProjectRequest))]
[JsonSerializable(typeof(IdContent))]
[JsonSerializable(typeof(AccessRequest))]
[JsonSerializable(typeof(AccessesContent))]
[JsonSerializable(typeof(SecretMessage))]
[JsonSerializable(typeof(WebhookSecretMessage))]
[JsonSerializable(typeof(AssigneesContent))]
[JsonSerializable(typeof(SnapshotsContent))]
[JsonSerializable(typeof(AffectedContent))]
[JsonSerializable(typeof(PushRequest))]
internal sealed partial class ProjectJson : JsonSerializerContext;
