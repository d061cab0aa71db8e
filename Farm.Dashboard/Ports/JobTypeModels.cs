namespace Farm.Dashboard.Ports;

/// <summary>Job types, and templates with errors.</summary>
/// <param name="Types">The job types by name.</param>
/// <param name="Broken">Templates with errors.</param>
/// <param name="Folder">Where templates are on the server's machine; null for who may not know its paths.</param>
public sealed record JobTypeList(IReadOnlyList<JobTypeRow> Types, IReadOnlyList<BrokenTemplate> Broken, string? Folder);

/// <summary>A job type in a list.</summary>
/// <param name="Name">Its name in submissions.</param>
/// <param name="Label">Its display name.</param>
/// <param name="Description">Its description; null for none.</param>
/// <param name="IsTemplate">Whether it is a template; otherwise it is built in.</param>
public sealed record JobTypeRow(string Name, string Label, string? Description, bool IsTemplate);

/// <summary>A template with errors.</summary>
/// <param name="File">Its name without the directory.</param>
/// <param name="Problems">Its errors by line.</param>
public sealed record BrokenTemplate(string File, IReadOnlyList<TemplateFault> Problems);

/// <summary>An error in a template.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Path">The place in the template; empty for the whole file.</param>
/// <param name="Reason">Why.</param>
public sealed record TemplateFault(int Line, string Path, string Reason);

/// <summary>A job type with its form fields.</summary>
public sealed record JobTypeForm(JobTypeRow Type, IReadOnlyList<JobField> Fields);

/// <summary>The kind of input of a field.</summary>
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
/// <param name="Label">The display name.</param>
/// <param name="Kind">The kind of input.</param>
/// <param name="Default">The default as text; <c>true</c> or <c>false</c> for a check box.</param>
public sealed record JobField(string Key, string Label, JobFieldKind Kind, string Default)
{
    /// <summary>Its description; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>The heading under which it is shown; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>The choices.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The least, the greatest and the step of a number, as text; null for none.</summary>
    public (string? Min, string? Max, string? Step) Range { get; init; }

    /// <summary>Whether a value is required.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it is hidden; its default is submitted.</summary>
    public bool IsHidden { get; init; }
}

/// <summary>A submission.</summary>
/// <param name="Type">The name of the job type.</param>
/// <param name="Name">The job's name; empty for the job type's default.</param>
/// <param name="Priority">0 to 100; higher goes first.</param>
/// <param name="Values">The fields by their keys, as text.</param>
public sealed record JobRequest(string Type, string Name, int Priority, IReadOnlyDictionary<string, string> Values);

/// <summary>The job that a submission would create.</summary>
public sealed record JobPreview(string Name, long Tasks, IReadOnlyList<PreviewStep> Steps);

/// <summary>A step of a previewed job.</summary>
/// <param name="Name">The step.</param>
/// <param name="TaskType">The type that workers must support.</param>
/// <param name="After">The steps that it waits for.</param>
/// <param name="Tasks">The first of its tasks.</param>
/// <param name="HasMore">Whether there are more tasks than those.</param>
public sealed record PreviewStep(string Name, string TaskType, IReadOnlyList<string> After, IReadOnlyList<PreviewTask> Tasks, bool HasMore);

/// <summary>A task of a previewed job, with its commands as text.</summary>
public sealed record PreviewTask(string Name, IReadOnlyList<string> Commands);
