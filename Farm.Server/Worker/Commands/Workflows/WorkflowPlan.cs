using System.Text.Json;
using System.Text.Json.Serialization;

namespace Farm.Server.Worker.Commands.Workflows;

/// <summary>The parameters of the command <c>workflow</c>.</summary>
/// <param name="Files">What is in the run folder at the start.</param>
/// <param name="Steps">What is done, in order.</param>
/// <param name="Outputs">The files that are sent to the manager in the end, in this order; paths in the run folder.</param>
internal sealed record WorkflowPlan(IReadOnlyList<WorkflowFile> Files, IReadOnlyList<WorkflowStep> Steps, IReadOnlyList<string> Outputs)
{
    /// <exception cref="CommandFailedException">They have another form.</exception>
    public static WorkflowPlan Read(JsonElement parameters)
    {
        try
        {
            return parameters.Deserialize(WorkflowJson.Default.WorkflowPlan) ?? throw new JsonException("there are none");
        }
        catch (JsonException e)
        {
            throw new CommandFailedException($"the parameters cannot be read: {e.Message}");
        }
    }
}

/// <summary>A file that the manager has.</summary>
/// <param name="Sha256">The SHA-256 of its content, in hex.</param>
/// <param name="Size">Its length in bytes.</param>
/// <param name="Path">Its place in the run folder.</param>
internal sealed record WorkflowFile(string Sha256, long Size, string Path);

/// <summary>A step.</summary>
/// <param name="Name">For people.</param>
/// <param name="Commands">Lines for the shell, one after the other. Each is a list of parts: text, or a program of this machine.</param>
/// <param name="Environment">A label, for people too; nothing depends on it.</param>
/// <param name="Outputs">Files that the step writes; their directories exist before it starts.</param>
internal sealed record WorkflowStep(
    string Name, IReadOnlyList<IReadOnlyList<JsonElement>> Commands, string? Environment = null, IReadOnlyList<string>? Outputs = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WorkflowPlan))]
internal sealed partial class WorkflowJson : JsonSerializerContext;
