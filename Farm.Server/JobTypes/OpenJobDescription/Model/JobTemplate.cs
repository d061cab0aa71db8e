namespace Farm.Server.JobTypes.OpenJobDescription.Model;

/// <summary>A job template that was checked against the specification (Open Job Description 2023-09, section 1.1).</summary>
/// <param name="Name">The name of jobs made from it.</param>
/// <param name="Description">Shown to users.</param>
/// <param name="Parameters">The values that a submission provides.</param>
/// <param name="Environments">Entered before and exited after each task of every step.</param>
/// <param name="Steps">At least one, in the order of the file.</param>
internal sealed record JobTemplate(
    FormatString Name,
    string? Description,
    IReadOnlyList<JobParameter> Parameters,
    IReadOnlyList<JobEnvironment> Environments,
    IReadOnlyList<StepTemplate> Steps);

/// <summary>One step (section 3).</summary>
/// <param name="Name">Unique in the template.</param>
/// <param name="Dependencies">Names of other steps; never circular.</param>
/// <param name="Environments">Entered after the environments of the job.</param>
/// <param name="Requirements">Requirements for workers.</param>
/// <param name="Space">Defines the tasks; null for a single task.</param>
/// <param name="Script">Run by each task.</param>
internal sealed record StepTemplate(
    string Name,
    IReadOnlyList<string> Dependencies,
    IReadOnlyList<JobEnvironment> Environments,
    HostRequirements Requirements,
    SpaceDefinition? Space,
    StepScript Script);

/// <summary>The script of a task (section 3.5).</summary>
internal sealed record StepScript(TemplateAction OnRun, IReadOnlyList<EmbeddedFile> Files);

/// <summary>An environment, entered before tasks and exited after them (section 4).</summary>
/// <param name="Name">Unique among the environments of the same task.</param>
/// <param name="OnEnter">Null for no action.</param>
/// <param name="OnExit">Null for no action.</param>
/// <param name="Files">Written before the actions run.</param>
/// <param name="Variables">Environment variables by name.</param>
internal sealed record JobEnvironment(
    string Name,
    TemplateAction? OnEnter,
    TemplateAction? OnExit,
    IReadOnlyList<EmbeddedFile> Files,
    IReadOnlyList<KeyValuePair<string, FormatString>> Variables);

/// <summary>A command (section 5).</summary>
/// <param name="Command">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="TimeoutSeconds">Maximum run time; null for no limit.</param>
/// <param name="Cancelation">How the action is canceled.</param>
internal sealed record TemplateAction(FormatString Command, IReadOnlyList<FormatString> Arguments, int? TimeoutSeconds, Cancelation Cancelation);

/// <summary>How an action is canceled (section 5.3).</summary>
/// <param name="NotifySeconds">Time from notification to termination; null to terminate at once.</param>
internal sealed record Cancelation(int? NotifySeconds);

/// <summary>An embedded file, written before the actions run (section 6).</summary>
/// <param name="Name">The name used in format strings.</param>
/// <param name="FileName">The file name; null for a generated one.</param>
/// <param name="IsRunnable">Whether the file is executable.</param>
/// <param name="Data">The content.</param>
internal sealed record EmbeddedFile(string Name, string? FileName, bool IsRunnable, FormatString Data);

/// <summary>The parameter space of a step, which defines its tasks (section 3.4).</summary>
internal sealed record SpaceDefinition(IReadOnlyList<TaskParameter> Parameters, Spaces.Combination Combination);

/// <summary>A task parameter and its values (section 3.4.1).</summary>
/// <param name="Name">Unique in the step.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Values">Empty if there is an expression.</param>
/// <param name="Expression">A range expression, for integers only; null if there is a list.</param>
internal sealed record TaskParameter(string Name, ParameterType Type, IReadOnlyList<FormatString> Values, FormatString? Expression);

/// <summary>Requirements for workers that run a step (section 3.3), limited to those that HostRequirementReader supports.</summary>
/// <param name="WorkerTag">The required worker tag; null for none.</param>
/// <param name="TaskType">The required task type; null to derive it from the step.</param>
internal sealed record HostRequirements(FormatString? WorkerTag, FormatString? TaskType)
{
    /// <summary>No requirements.</summary>
    public static readonly HostRequirements None = new(null, null);
}
