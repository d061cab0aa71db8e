using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;
using Farm.Server.JobTypes.Drafts;

namespace Farm.Server.JobTypes;

/// <summary>Expands and replaces variables in settings and command parameters, without changing the given objects.</summary>
internal static class VariableJson
{
    /// <summary>Expands variables in strings and arrays of strings. Deeper levels stay unchanged.</summary>
    public static JsonObject Expand(this VariableExpander variables, JsonObject parameters)
    {
        var copy = new JsonObject();
        foreach (var (key, value) in parameters)
        {
            copy[key] = value is JsonArray array
                ? new JsonArray([.. array.Select(item => ExpandText(variables, item))])
                : ExpandText(variables, value);
        }

        return copy;
    }

    /// <inheritdoc cref="Replace(VariableReplacer, JsonObject)"/>
    public static JobSettings Replace(this VariableReplacer variables, JobSettings settings) => new(variables.Replace(settings.Values));

    /// <summary>Replaces values with variables in all strings, at any depth; keys and other values stay unchanged.</summary>
    public static JsonObject Replace(this VariableReplacer variables, JsonObject settings)
    {
        var copy = new JsonObject();
        foreach (var (key, value) in settings) copy[key] = ReplaceNode(variables, value);
        return copy;
    }

    private static JsonNode? ExpandText(VariableExpander variables, JsonNode? node) => Text(node) is { } text ? variables.Expand(text) : node?.DeepClone();

    private static JsonNode? ReplaceNode(VariableReplacer variables, JsonNode? node) => node switch
    {
        JsonObject nested => variables.Replace(nested),
        JsonArray array => new JsonArray([.. array.Select(item => ReplaceNode(variables, item))]),
        _ => Text(node) is { } text ? variables.Replace(text) : node?.DeepClone(),
    };

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() is JsonValueKind.String ? value.GetValue<string>() : null;
}
