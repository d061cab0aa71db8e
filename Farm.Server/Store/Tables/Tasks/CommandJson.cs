using System.Text.Json.Nodes;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Commands of tasks as they are stored: JSON, without the parameters that all tasks of a stage have in common.</summary>
internal static class CommandJson
{
    /// <summary>The commands with what the stage adds to each; a command's own parameter wins.</summary>
    /// <param name="commands">A list of commands.</param>
    /// <param name="shared">An object of parameters, or null for none.</param>
    public static string MergeShared(string commands, string? shared)
    {
        if (shared is null) return commands;
        var list = JsonNode.Parse(commands)!.AsArray();
        foreach (var command in list)
        {
            var whole = JsonNode.Parse(shared)!.AsObject();
            foreach (var (name, value) in command!["parameters"]!.AsObject()) whole[name] = value?.DeepClone();
            command["parameters"] = whole;
        }

        return list.ToJsonString();
    }
}
