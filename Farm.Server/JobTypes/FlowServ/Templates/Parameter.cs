using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>The kinds of parameters (Contracts/FlowServ/Contract.md section 5.1).</summary>
internal enum ParameterType
{
    String,
    Int,
    Float,
    Bool,
    Select,
    File,
    List,
    Record,

    /// <summary>A whole step; only templates can give a value.</summary>
    Actor,
}

/// <summary>One of the values of a parameter of type <see cref="ParameterType.Select"/>.</summary>
/// <param name="Name">How people see it.</param>
/// <param name="Value">What is put into commands.</param>
/// <param name="IsDefault">Whether forms show it first; null when that is not said.</param>
internal sealed record SelectOption(string Name, PyValue Value, bool? IsDefault);

/// <summary>The declaration of a parameter (Contracts/FlowServ/Contract.md section 5.1).</summary>
internal sealed record Parameter
{
    /// <summary>How arguments and placeholders name it.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of values it takes.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>Where forms show it.</summary>
    public required int Index { get; init; }

    /// <summary>Whether a run needs a value.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>How people see it.</summary>
    public string? Label { get; init; }

    /// <summary>What it is for.</summary>
    public string? Help { get; init; }

    /// <summary>The value where no argument is given, as the template has it; null for none.</summary>
    public PyValue? DefaultValue { get; init; }

    /// <summary>The parameter group that shows it.</summary>
    public string? Group { get; init; }

    /// <summary>The numbers that it takes; null for all.</summary>
    public Interval? Range { get; init; }

    /// <summary>The values to choose from.</summary>
    public IReadOnlyList<SelectOption> Options { get; init; } = [];

    /// <summary>Where a file goes in the run folder; null when the argument says.</summary>
    public string? Target { get; init; }

    /// <summary>What the items of a list are.</summary>
    public Parameter? Item { get; init; }

    /// <summary>What a record is made of.</summary>
    public IReadOnlyList<Parameter> Fields { get; init; } = [];
}
