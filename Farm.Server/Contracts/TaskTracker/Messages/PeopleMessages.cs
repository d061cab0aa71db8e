using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.TaskTracker.Messages;

/// <summary>Content of <c>GET /</c>.</summary>
internal sealed record ServiceMessage(string Name, string Version);

/// <summary>A manager (Contracts/TaskTracker/Contract.md section 3).</summary>
internal sealed record ManagerMessage(long Id, string Username, bool TrackerAdmin, long RegisterTime);

/// <summary>Body of <c>register</c> and <c>login</c>.</summary>
internal sealed record CredentialsRequest
{
    public string? Username { get; init; }

    public string? Password { get; init; }
}

/// <summary>Content of <c>login</c>.</summary>
internal sealed record ManagerContent(ManagerMessage Manager);

/// <summary>Content of <c>account</c>.</summary>
internal sealed record AccountContent(bool LoggedIn, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ManagerMessage? Manager);

/// <summary>Content of <c>manager/list</c>.</summary>
internal sealed record ManagersContent(IReadOnlyList<ManagerMessage> Managers);

/// <summary>A manager and their roles in a project.</summary>
internal sealed record ManagerRoleMessage(ManagerMessage Manager, int Role);

/// <summary>Content of <c>manager/list_for_project</c>.</summary>
internal sealed record ManagerRolesContent(IReadOnlyList<ManagerRoleMessage> Managers);

/// <summary>Body of <c>manager/set_role_for_project</c>.</summary>
internal sealed record RoleRequest
{
    public long? Manager { get; init; }

    public long? Role { get; init; }
}

/// <summary>Body of <c>log/…</c>.</summary>
internal sealed record LogRequest
{
    public string? Scope { get; init; }

    public string? Message { get; init; }

    public long? Timestamp { get; init; }
}

/// <summary>Body of <c>logs</c>.</summary>
internal sealed record LogsRequest
{
    public long? Level { get; init; }

    public long? Since { get; init; }
}

/// <summary>A line of the log; <c>data</c> is JSON as text.</summary>
internal sealed record LogMessage(string Message, long Timestamp, string Data, int Level);

/// <summary>Content of <c>logs</c>.</summary>
internal sealed record LogsContent(IReadOnlyList<LogMessage> Logs);

/// <summary>JSON of the messages about people and the log.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ServiceMessage))]
[JsonSerializable(typeof(CredentialsRequest))]
[JsonSerializable(typeof(ManagerContent))]
[JsonSerializable(typeof(AccountContent))]
[JsonSerializable(typeof(ManagersContent))]
[JsonSerializable(typeof(ManagerRolesContent))]
[JsonSerializable(typeof(RoleRequest))]
[JsonSerializable(typeof(LogRequest))]
[JsonSerializable(typeof(LogsRequest))]
[JsonSerializable(typeof(LogsContent))]
internal sealed partial class PeopleJson : JsonSerializerContext;
