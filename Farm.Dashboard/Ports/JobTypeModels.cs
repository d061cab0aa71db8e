namespace Farm.Dashboard.Ports;

/// <summary>What can be submitted, and what should be but is broken.</summary>
public sealed record JobTypeList(IReadOnlyList<JobTypeRow> Types, IReadOnlyList<BrokenTemplate> Broken, string Folder);

/// <summary>A job type in a list.</summary>
/// <param name="Name">How submissions name it.</param>
/// <param name="Label">How people see it.</param>
/// <param name="Description">What it is for; null if there is nothing to say.</param>
/// <param name="IsTemplate">Whether a file in the templates folder describes it; else it is built in.</param>
public sealed record JobTypeRow(string Name, string Label, string? Description, bool IsTemplate);

/// <summary>A file that should describe a job type and does not.</summary>
/// <param name="File">Its name without the directory.</param>
/// <param name="Problems">What is wrong with it, in the order of its lines.</param>
public sealed record BrokenTemplate(string File, IReadOnlyList<TemplateFault> Problems);

/// <summary>Something wrong with a template.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Path">Where in the template; empty for all of it.</param>
/// <param name="Reason">Why.</param>
public sealed record TemplateFault(int Line, string Path, string Reason);

/// <summary>A job type with what there is to fill in.</summary>
public sealed record JobTypeForm(JobTypeRow Type, IReadOnlyList<JobField> Fields);

/// <summary>How a field is filled in.</summary>
public enum JobFieldKind
{
    Text,
    Lines,
    Path,
    Choice,
    Integer,
    Number,
    Check,
}

/// <summary>One field of a form.</summary>
/// <param name="Key">Unique in the form.</param>
/// <param name="Label">The shown name.</param>
/// <param name="Kind">How it is filled in.</param>
/// <param name="Default">The value at first, as text; <c>true</c> or <c>false</c> for a check.</param>
public sealed record JobField(string Key, string Label, JobFieldKind Kind, string Default)
{
    /// <summary>What it is for; null if there is nothing to say.</summary>
    public string? Description { get; init; }

    /// <summary>Fields with the same one are shown together; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>What there is to choose from.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The least, the greatest and the step of a number, as text; null for none.</summary>
    public (string? Min, string? Max, string? Step) Range { get; init; }

    /// <summary>Whether it must be filled in.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is kept from people; it is submitted with its default.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>A submission.</summary>
/// <param name="Type">The name of the job type.</param>
/// <param name="Name">The name of the job; empty for the one that the type makes.</param>
/// <param name="Priority">0 to 100; higher goes first.</param>
/// <param name="Values">The fields by their keys, as text.</param>
public sealed record JobRequest(string Type, string Name, int Priority, IReadOnlyDictionary<string, string> Values);

/// <summary>What a submission would make.</summary>
public sealed record JobPreview(string Name, long Tasks, IReadOnlyList<PreviewStep> Steps);

/// <summary>A step of what a submission would make.</summary>
/// <param name="Name">The step.</param>
/// <param name="TaskType">What workers must support.</param>
/// <param name="After">The steps that it waits for.</param>
/// <param name="Tasks">The first of its tasks.</param>
/// <param name="HasMore">Whether there are more tasks than those.</param>
public sealed record PreviewStep(string Name, string TaskType, IReadOnlyList<string> After, IReadOnlyList<PreviewTask> Tasks, bool HasMore);

/// <summary>A task of what a submission would make, with its commands as lines.</summary>
public sealed record PreviewTask(string Name, IReadOnlyList<string> Commands);
