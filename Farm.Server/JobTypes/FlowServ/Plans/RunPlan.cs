using System.Text.Json.Nodes;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.FlowServ.Arguments;

namespace Farm.Server.JobTypes.FlowServ.Plans;

/// <summary>A step with all placeholders expanded that do not depend on the worker.</summary>
internal sealed record PlannedStep(string Name, string Environment, IReadOnlyList<IReadOnlyList<CommandPart>> Commands, IReadOnlyList<string> Outputs);

/// <summary>Everything that a worker needs for a run (Contracts/FlowServ/Contract.md section 7).</summary>
/// <param name="Files">Placed in the run folder before the start.</param>
/// <param name="Steps">Run in order.</param>
/// <param name="Outputs">Uploaded to the farm at the end, in this order.</param>
internal sealed record RunPlan(IReadOnlyList<RunFile> Files, IReadOnlyList<PlannedStep> Steps, IReadOnlyList<string> Outputs)
{
    /// <summary>The job type of runs; users cannot submit it.</summary>
    public const string JobType = "flowserv-run";

    /// <summary>The type of the single task.</summary>
    public const string TaskType = "workflow";

    /// <summary>Creates the job of the run: one task, whose failure is final.</summary>
    public JobDraft Draft(string name, JsonObject settings)
    {
        var task = new TaskDraft(TaskType, [new CommandDraft(TaskType, Parameters(), Steps.Sum(step => step.Commands.Count))]);
        var stage = new StageDraft(TaskType, TaskType, JobLimits.TaskPriority, [], [task]) { FailureIsFinal = true };
        return new JobDraft(name, new JobSettings(settings), [stage], TaskCount: 1, task.StepsTotal);
    }

    private JsonObject Parameters() => new()
    {
        ["files"] = new JsonArray([.. Files.Select(file => new JsonObject { ["sha256"] = file.Sha256, ["size"] = file.Size, ["path"] = file.Path })]),
        ["steps"] = new JsonArray([.. Steps.Select(step => new JsonObject
        {
            ["name"] = step.Name,
            ["environment"] = step.Environment,
            ["commands"] = new JsonArray([.. step.Commands.Select(command => new JsonArray([.. command.Select(Part)]))]),
            ["outputs"] = Texts(step.Outputs),
        })]),
        ["outputs"] = Texts(Outputs),
    };

    private static JsonNode Part(CommandPart part) => part switch
    {
        CommandPart.Program program => new JsonObject { ["program"] = program.Name },
        CommandPart.Argument argument => new JsonObject { ["value"] = argument.Content, ["quotes"] = argument.Quotes.ToString().ToLowerInvariant() },
        CommandPart.Text text => JsonValue.Create(text.Value),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]);
}
