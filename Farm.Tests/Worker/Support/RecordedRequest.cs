using System.Text;
using System.Text.Json.Nodes;

namespace Farm.Tests.Worker.Support;

/// <summary>A request from the worker.</summary>
/// <param name="What">Method and path below `/api/v3`.</param>
internal sealed record RecordedRequest(string What, byte[] Body, string? User, string? Attempt, string? ContentType, bool HasLength, string? Key)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Text)!;

    public bool IsUpdateOf(string task) => What == $"POST /worker/task/{task}";
}

/// <summary>A response of the manager.</summary>
internal sealed record Reply(int Status, string? Json = null);
