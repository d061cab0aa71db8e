using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes.Drafts;

/// <summary>The settings of a job: JSON values by name. Only job types, clients and views interpret them.</summary>
/// <param name="Values">Owned by this record: the object must have no parent and must not be changed by others.</param>
internal sealed record JobSettings(JsonObject Values)
{
    /// <summary>Empty settings.</summary>
    public JobSettings()
        : this([])
    {
    }

    /// <summary>The settings as stored.</summary>
    public string Text => Values.ToJsonString();

    /// <summary>Reads stored settings.</summary>
    public static JobSettings Parse(string text) => new((JsonObject)JsonNode.Parse(text)!);

    /// <summary>A deep copy that can be changed independently.</summary>
    public JsonObject Copy() => Values.DeepClone().AsObject();
}
