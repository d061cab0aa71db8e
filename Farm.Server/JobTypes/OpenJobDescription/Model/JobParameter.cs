namespace Farm.Server.JobTypes.OpenJobDescription.Model;

/// <summary>What a parameter's values are.</summary>
internal enum ParameterType
{
    String,
    Path,
    Int,
    Float,
}

/// <summary>How a form lets people edit a parameter (Open Job Description 2023-09, sections 2.1 to 2.4).</summary>
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
/// <param name="Name">How format strings refer to it.</param>
/// <param name="Type">What its values are.</param>
internal sealed record JobParameter(string Name, ParameterType Type)
{
    /// <summary>For people.</summary>
    public string? Description { get; init; }

    /// <summary>The value of submissions that bring none; null if they must. Numbers are in their plain form.</summary>
    public string? Default { get; init; }

    /// <summary>The only values that are allowed; null if there is no such list.</summary>
    public IReadOnlyList<string>? AllowedValues { get; init; }

    /// <summary>The fewest characters.</summary>
    public long? MinLength { get; init; }

    /// <summary>The most characters.</summary>
    public long? MaxLength { get; init; }

    /// <summary>The least number, as text.</summary>
    public string? MinValue { get; init; }

    /// <summary>The greatest number, as text.</summary>
    public string? MaxValue { get; init; }

    /// <summary>Whether a path is that of a file, not of a directory.</summary>
    public bool IsFile { get; init; }

    /// <summary>How it is edited; the default of the specification if the template says nothing.</summary>
    public ParameterControl Control { get; init; }

    /// <summary>The shown name.</summary>
    public string? Label { get; init; }

    /// <summary>Parameters with the same one are shown together.</summary>
    public string? GroupLabel { get; init; }

    /// <summary>How many places after the point are edited.</summary>
    public int? Decimals { get; init; }

    /// <summary>How much one step of a spin box is, as text.</summary>
    public string? SingleStep { get; init; }
}
