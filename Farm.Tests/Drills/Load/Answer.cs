using System.Text.Json.Nodes;
using Farm.Server.Store.Engine;

namespace Farm.Tests.Drills.Load;

/// <summary>An answer of a manager.</summary>
internal sealed record Answer(int Status, string Text)
{
    /// <summary>The body.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>
    /// Whether the manager could not do it now, or does not know whether it was done. Three protocols (Deadline, task_tracker, flowServ) know no
    /// 503 and say so with 500 and a text.
    /// </summary>
    public bool IsUnavailable => Status == 503 || (Status == 500 && (Text.Contains("etry later") || Text.Contains("nothing was saved") || Text.Contains(WriteQueue.MaybeSaved)));

    /// <summary>Whether the manager could not do it, so that nothing was done.</summary>
    public bool IsRefused => IsUnavailable && !Text.Contains(WriteQueue.MaybeSaved);

    /// <summary>The type of the body, with its parameters.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>The cookies that it sets, as they are sent back.</summary>
    public string Cookies { get; init; } = "";
}
