using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes.Drafts;

/// <summary>The settings of a job: JSON values by name. Only job types and those who send or show them look inside.</summary>
/// <param name="Values">Whoever makes the settings hands the object over: it has no parent and nobody else changes it.</param>
internal sealed record JobSettings(JsonObject Values)
{
    /// <summary>No settings.</summary>
    public JobSettings()
        : this([])
    {
    }

    /// <summary>The form in which settings are stored.</summary>
    public string Text => Values.ToJsonString();

    /// <summary>Reads settings back from the form in which they are stored.</summary>
    public static JobSettings Parse(string text) => new((JsonObject)JsonNode.Parse(text)!);

    /// <summary>Settings that may be changed without changing these.</summary>
    public JsonObject Copy() => Values.DeepClone().AsObject();
}
