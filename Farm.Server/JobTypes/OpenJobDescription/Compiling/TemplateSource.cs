using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>The data stored with a job so that it can be compiled again after its template was changed or removed.</summary>
/// <param name="Text">The template.</param>
/// <param name="IsJson">True for JSON, false for YAML.</param>
/// <param name="Submitted">The settings as submitted.</param>
/// <param name="PathRules">The variables for path prefixes at submission.</param>
internal sealed record TemplateSource(string Text, bool IsJson, JsonObject Submitted, IReadOnlyList<BoundVariable> PathRules)
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JobCompilationException">The text is invalid.</exception>
    public static TemplateSource Read(string json)
    {
        try
        {
            var source = JsonNode.Parse(json)!;
            return new TemplateSource(
                (string)source["template"]!, (string)source["format"]! == "json", source["submitted"]!.DeepClone().AsObject(),
                [.. source["paths"]!.AsObject().Select(path => new BoundVariable(path.Key, (string)path.Value!, IsTwoway: true))]);
        }
        catch (Exception broken) when (broken is JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new JobCompilationException("What this job was made of cannot be read any more.", broken);
        }
    }

    /// <summary>Serializes the data, to be stored with the job.</summary>
    public string Write() => new JsonObject
    {
        ["template"] = Text,
        ["format"] = IsJson ? "json" : "yaml",
        ["submitted"] = Submitted.DeepClone(),
        ["paths"] = new JsonObject(PathRules.Select(rule => KeyValuePair.Create(rule.Name, (JsonNode?)rule.Value))),
    }.ToJsonString();
}
