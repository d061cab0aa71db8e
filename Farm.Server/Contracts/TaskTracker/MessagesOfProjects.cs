using System.Text.Json.Serialization;

namespace Farm.Server.Contracts.TaskTracker;

/// <summary>Content of <c>GET /</c>.</summary>
internal sealed record ServiceMessage(string Name, string Version);

/// <summary>How the messages about projects and people are written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(ServiceMessage))]
internal sealed partial class ProjectJson : JsonSerializerContext;
