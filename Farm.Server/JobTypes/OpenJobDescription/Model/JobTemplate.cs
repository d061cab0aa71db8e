namespace Farm.Server.JobTypes.OpenJobDescription.Model;

/// <summary>A whole template (Open Job Description 2023-09, section 1.1). Everything in it keeps the rules of the specification.</summary>
/// <param name="Name">The name of jobs made from it.</param>
/// <param name="Description">For people.</param>
/// <param name="Parameters">What a submission says.</param>
/// <param name="Environments">Entered before and left after each task of any step.</param>
/// <param name="Steps">At least one, in the order of the file.</param>
internal sealed record JobTemplate(
    FormatString Name,
    string? Description,
    IReadOnlyList<JobParameter> Parameters,
    IReadOnlyList<JobEnvironment> Environments,
    IReadOnlyList<StepTemplate> Steps);

/// <summary>One step (section 3).</summary>
/// <param name="Name">Unique in the template.</param>
/// <param name="Dependencies">Names of other steps; never in a circle.</param>
/// <param name="Environments">Entered after those of the job.</param>
/// <param name="Requirements">What workers must have.</param>
/// <param name="Space">The tasks; null for a single one.</param>
/// <param name="Script">What each task does.</param>
internal sealed record StepTemplate(
    string Name,
    IReadOnlyList<string> Dependencies,
    IReadOnlyList<JobEnvironment> Environments,
    HostRequirements Requirements,
    SpaceDefinition? Space,
    StepScript Script);

/// <summary>What a task runs (section 3.5).</summary>
internal sealed record StepScript(TemplateAction OnRun, IReadOnlyList<EmbeddedFile> Files);

/// <summary>What is entered before tasks and left after them (section 4).</summary>
/// <param name="Name">Unique where it is in force.</param>
/// <param name="OnEnter">Null if there is nothing to run.</param>
/// <param name="OnExit">Null if there is nothing to run.</param>
/// <param name="Files">Written before its actions.</param>
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
/// <param name="TimeoutSeconds">How long it may run; null for as long as it likes.</param>
/// <param name="Cancelation">How it is ended early.</param>
internal sealed record TemplateAction(FormatString Command, IReadOnlyList<FormatString> Arguments, int? TimeoutSeconds, Cancelation Cancelation);

/// <summary>How an action is ended early (section 5.3).</summary>
/// <param name="NotifySeconds">How long it has after it was notified; null when it is terminated at once.</param>
internal sealed record Cancelation(int? NotifySeconds);

/// <summary>A text that is written to a file before actions run (section 6).</summary>
/// <param name="Name">How format strings refer to it.</param>
/// <param name="FileName">What the file is called; null if it does not matter.</param>
/// <param name="IsRunnable">Whether it may be executed.</param>
/// <param name="Data">What is in it.</param>
internal sealed record EmbeddedFile(string Name, string? FileName, bool IsRunnable, FormatString Data);

/// <summary>The tasks of a step (section 3.4).</summary>
internal sealed record SpaceDefinition(IReadOnlyList<TaskParameter> Parameters, Spaces.Combination Combination);

/// <summary>A task parameter and its values (section 3.4.1).</summary>
/// <param name="Name">Unique in the step.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Values">The list of values; empty if there is an expression.</param>
/// <param name="Expression">A range expression, only of whole numbers; null if there is a list.</param>
internal sealed record TaskParameter(string Name, ParameterType Type, IReadOnlyList<FormatString> Values, FormatString? Expression);

/// <summary>What workers must have to run a step (section 3.3), as far as it is anything: see HostRequirementReader.</summary>
/// <param name="WorkerTag">The tag that workers need; null for none.</param>
/// <param name="TaskType">The task type that workers must support; null for the one that follows from the step.</param>
internal sealed record HostRequirements(FormatString? WorkerTag, FormatString? TaskType)
{
    /// <summary>Any worker will do.</summary>
    public static readonly HostRequirements None = new(null, null);
}
