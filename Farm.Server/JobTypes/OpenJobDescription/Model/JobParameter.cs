namespace Farm.Server.JobTypes.OpenJobDescription.Model;

/// <summary>The type of a parameter.</summary>
internal enum ParameterType
{
    String,
    Path,
    Int,
    Float,
}

/// <summary>The control with which a form edits a parameter (Open Job Description 2023-09, sections 2.1 to 2.4).</summary>
internal enum ParameterControl
{
    LineEdit,
    MultilineEdit,
    DropdownList,
    CheckBox,
    Hidden,
    ChooseInputFile,
    ChooseOutputFile,
    ChooseDirectory,
    SpinBox,
}

/// <summary>A parameter of a template (section 2).</summary>
/// <param name="Name">The name used in format strings.</param>
/// <param name="Type">The type of its values.</param>
internal sealed record JobParameter(string Name, ParameterType Type)
{
    /// <summary>Shown to users.</summary>
    public string? Description { get; init; }

    /// <summary>The value if a submission has none; null if a value is required. Numbers are normalized.</summary>
    public string? Default { get; init; }

    /// <summary>The allowed values; null for any.</summary>
    public IReadOnlyList<string>? AllowedValues { get; init; }

    /// <summary>Minimum number of characters.</summary>
    public long? MinLength { get; init; }

    /// <summary>Maximum number of characters.</summary>
    public long? MaxLength { get; init; }

    /// <summary>The smallest allowed number, as text.</summary>
    public string? MinValue { get; init; }

    /// <summary>The largest allowed number, as text.</summary>
    public string? MaxValue { get; init; }

    /// <summary>Whether a path refers to a file rather than a directory.</summary>
    public bool IsFile { get; init; }

    /// <summary>The control; if the template has none, the default of the specification.</summary>
    public ParameterControl Control { get; init; }

    /// <summary>The display name.</summary>
    public string? Label { get; init; }

    /// <summary>Parameters with the same group label are shown together.</summary>
    public string? GroupLabel { get; init; }

    /// <summary>Number of decimal places in the control.</summary>
    public int? Decimals { get; init; }

    /// <summary>The step of a spin box, as text.</summary>
    public string? SingleStep { get; init; }
}
