using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.FlowServ.Messages;

/// <summary>A client error.</summary>
internal sealed record PlainErrorMessage(string Message);

/// <summary>A server error or 413.</summary>
internal sealed record ErrorMessage(string Error);

/// <summary>A run (Contracts/FlowServ/Contract.md section 2.8).</summary>
internal sealed record RunMessage
{
    public required string Id { get; init; }

    public required string State { get; init; }

    public required string CreatedAt { get; init; }

    public required string WorkflowId { get; init; }

    public required string GroupId { get; init; }

    public required JsonNode Arguments { get; init; }

    public required JsonNode Parameters { get; init; }

    public string? StartedAt { get; init; }

    public string? FinishedAt { get; init; }

    public JsonNode? Messages { get; init; }

    public IReadOnlyList<RunFileMessage>? Files { get; init; }
}

/// <summary>An output file of a run.</summary>
internal sealed record RunFileMessage(string Id, string Name)
{
    public string? Title { get; init; }

    public string? Caption { get; init; }

    public JsonNode? Widget { get; init; }

    public JsonNode? Format { get; init; }
}

/// <summary>A run in a list.</summary>
internal sealed record RunEntryMessage(string Id, string State, string CreatedAt);

/// <summary>The runs of a group.</summary>
internal sealed record RunsMessage(IReadOnlyList<RunEntryMessage> Runs);

/// <summary>The service descriptor (Contracts/FlowServ/Contract.md section 3).</summary>
internal sealed record ServiceMessage(string Name, string Version, string Url, IReadOnlyList<RouteMessage> Routes, string? Username);

/// <summary>A route of the service.</summary>
internal sealed record RouteMessage(string Id, string Pattern);

/// <summary>A user (Contracts/FlowServ/Contract.md section 4.1).</summary>
internal sealed record UserMessage(string Id, string Username, string? Token = null);

/// <summary>Users.</summary>
internal sealed record UsersMessage(IReadOnlyList<UserMessage> Users);

/// <summary>A password reset request.</summary>
internal sealed record PasswordRequestMessage(string RequestId);

/// <summary>A workflow; in a list only the properties up to the instructions (Contracts/FlowServ/Contract.md section 4.2).</summary>
internal sealed record WorkflowMessage(string Id, string Name)
{
    public string? Description { get; init; }

    public string? Instructions { get; init; }

    public JsonNode? Parameters { get; init; }

    public IReadOnlyList<ParameterGroupMessage>? ParameterGroups { get; init; }

    public IReadOnlyList<GroupEntryMessage>? Groups { get; init; }
}

/// <summary>A group of parameters in forms.</summary>
internal sealed record ParameterGroupMessage(string Name, string Title, int Index);

/// <summary>Workflows.</summary>
internal sealed record WorkflowsMessage(IReadOnlyList<WorkflowMessage> Workflows);

/// <summary>The leaderboard of a workflow.</summary>
internal sealed record LeaderboardMessage(IReadOnlyList<ColumnMessage> Schema, IReadOnlyList<RankingMessage> Ranking);

/// <summary>A column of a leaderboard.</summary>
internal sealed record ColumnMessage(string Name, string Label, string Dtype);

/// <summary>A run on a leaderboard.</summary>
internal sealed record RankingMessage(RankedRunMessage Run, RankedGroupMessage Group, IReadOnlyList<ResultMessage> Results);

/// <summary>The times of a run on a leaderboard.</summary>
internal sealed record RankedRunMessage(string Id, string CreatedAt, string StartedAt, string FinishedAt);

/// <summary>The group of a run on a leaderboard.</summary>
internal sealed record RankedGroupMessage(string Id, string Name);

/// <summary>A value that a run is ranked by.</summary>
internal sealed record ResultMessage(string Name, JsonNode? Value);

/// <summary>A group in a list.</summary>
internal sealed record GroupEntryMessage(string Id, string Name, string Workflow);

/// <summary>Groups.</summary>
internal sealed record GroupsMessage(IReadOnlyList<GroupEntryMessage> Groups);

/// <summary>A group (Contracts/FlowServ/Contract.md section 4.3).</summary>
internal sealed record GroupMessage(string Id, string Name, string Workflow)
{
    public required IReadOnlyList<UserMessage> Members { get; init; }

    public required JsonNode Parameters { get; init; }

    public required IReadOnlyList<UploadMessage> Files { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required JsonNode? Config { get; init; }

    public IReadOnlyList<RunEntryMessage>? Runs { get; init; }
}

/// <summary>An upload (Contracts/FlowServ/Contract.md section 4.4).</summary>
internal sealed record UploadMessage(string Id, string Name, string CreatedAt, long Size);

/// <summary>Uploads.</summary>
internal sealed record UploadsMessage(IReadOnlyList<UploadMessage> Files);

/// <summary>JSON of this protocol: camelCase, nulls omitted.</summary>
[JsonSerializable(typeof(PlainErrorMessage))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(RunMessage))]
[JsonSerializable(typeof(RunsMessage))]
[JsonSerializable(typeof(ServiceMessage))]
[JsonSerializable(typeof(UserMessage))]
[JsonSerializable(typeof(UsersMessage))]
[JsonSerializable(typeof(PasswordRequestMessage))]
[JsonSerializable(typeof(WorkflowMessage))]
[JsonSerializable(typeof(WorkflowsMessage))]
[JsonSerializable(typeof(LeaderboardMessage))]
[JsonSerializable(typeof(GroupMessage))]
[JsonSerializable(typeof(GroupsMessage))]
[JsonSerializable(typeof(UploadMessage))]
[JsonSerializable(typeof(UploadsMessage))]
internal sealed partial class FlowServJson : JsonSerializerContext
{
    /// <summary>The context to write responses with; does not escape <c>+</c>.</summary>
    public static FlowServJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
