using System.Text.Json.Nodes;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Task commands as stored: JSON, without the parameters that are shared by all commands of a stage.</summary>
internal static class CommandJson
{
    /// <summary>Adds the shared parameters of the stage to each command; a command's own parameter wins.</summary>
    /// <param name="commands">A JSON array of commands.</param>
    /// <param name="shared">A JSON object of parameters; null for none.</param>
    public static string MergeShared(string commands, string? shared)
    {
        if (shared is null) return commands;
        var list = JsonNode.Parse(commands)!.AsArray();
        foreach (var command in list)
        {
            var merged = JsonNode.Parse(shared)!.AsObject();
            foreach (var (name, value) in command!["parameters"]!.AsObject()) merged[name] = value?.DeepClone();
            command["parameters"] = merged;
        }

        return list.ToJsonString();
    }
}
