using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>The parameters of the command <c>workflow</c>.</summary>
/// <param name="Files">The files to download into the run folder.</param>
/// <param name="Steps">The steps in order.</param>
/// <param name="Outputs">The files to upload at the end, in this order; paths in the run folder.</param>
internal sealed record WorkflowPlan(IReadOnlyList<WorkflowFile> Files, IReadOnlyList<WorkflowStep> Steps, IReadOnlyList<string> Outputs)
{
    /// <summary>Reads the parameters.</summary>
    /// <exception cref="TaskCommandException">The parameters are invalid.</exception>
    public static WorkflowPlan Read(JsonElement parameters)
    {
        try
        {
            return parameters.Deserialize(WorkflowJson.Default.WorkflowPlan) ?? throw new JsonException("there are none");
        }
        catch (JsonException e)
        {
            throw new TaskCommandException($"invalid parameters: {e.Message}");
        }
    }
}

/// <summary>A file of the manager.</summary>
/// <param name="Sha256">The SHA-256 of its content, in hex.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Path">Its path in the run folder.</param>
internal sealed record WorkflowFile(string Sha256, long Size, string Path);

/// <summary>A step.</summary>
/// <param name="Name">Its name in the log.</param>
/// <param name="Commands">Shell commands in order. Each is a list of parts: text, or a program of this machine.</param>
/// <param name="Environment">A label for the log.</param>
/// <param name="Outputs">Files that the step writes; their directories are created before it starts.</param>
internal sealed record WorkflowStep(
    string Name, IReadOnlyList<IReadOnlyList<JsonElement>> Commands, string? Environment = null, IReadOnlyList<string>? Outputs = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WorkflowPlan))]
internal sealed partial class WorkflowJson : JsonSerializerContext;
