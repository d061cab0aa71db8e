using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Variables;

namespace Farm.Server.JobTypes.OpenJobDescription.Compiling;

/// <summary>What a job keeps of its making, so that it can be gone on with when the template was changed or removed meanwhile.</summary>
/// <param name="Text">The template.</param>
/// <param name="IsJson">Whether it is JSON; else it is YAML.</param>
/// <param name="Submitted">The settings as they came in.</param>
/// <param name="PathRules">The variables for beginnings of paths as they were then.</param>
internal sealed record TemplateSource(string Text, bool IsJson, JsonObject Submitted, IReadOnlyList<BoundVariable> PathRules)
{
    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JobCompilationException">It is something else.</exception>
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

    /// <summary>As text, to be kept with the job.</summary>
    public string Write() => new JsonObject
    {
        ["template"] = Text,
        ["format"] = IsJson ? "json" : "yaml",
        ["submitted"] = Submitted.DeepClone(),
        ["paths"] = new JsonObject(PathRules.Select(rule => KeyValuePair.Create(rule.Name, (JsonNode?)rule.Value))),
    }.ToJsonString();
}
