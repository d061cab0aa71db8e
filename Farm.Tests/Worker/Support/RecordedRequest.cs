using System.Text;
using System.Text.Json.Nodes;

namespace Farm.Tests.Worker.Support;

/// <summary>A request that the worker has made.</summary>
/// <param name="What">Method and path below `/api/v3`.</param>
internal sealed record RecordedRequest(string What, byte[] Body, string? User, string? Attempt, string? ContentType, bool HasLength)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Text)!;

    public bool IsUpdateOf(string task) => What == $"POST /worker/task/{task}";
}

/// <summary>What the manager answers.</summary>
internal sealed record Reply(int Status, string? Json = null);
