using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>The types of parameters (Contracts/FlowServ/Contract.md section 5.1).</summary>
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

    /// <summary>The action of a step; only templates can set it.</summary>
    Actor,
}

/// <summary>An option of a parameter of type <see cref="ParameterType.Select"/>.</summary>
/// <param name="Name">The display name.</param>
/// <param name="Value">The value used in commands.</param>
/// <param name="IsDefault">Whether forms preselect it; null if not specified.</param>
internal sealed record SelectOption(string Name, PyValue Value, bool? IsDefault);

/// <summary>The declaration of a parameter (Contracts/FlowServ/Contract.md section 5.1).</summary>
internal sealed record Parameter
{
    /// <summary>The name used in arguments and placeholders.</summary>
    public required string Name { get; init; }

    /// <summary>The type of its values.</summary>
    public required ParameterType Type { get; init; }

    /// <summary>The position in forms.</summary>
    public required int Index { get; init; }

    /// <summary>Whether a run needs a value.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>The display name.</summary>
    public string? Label { get; init; }

    /// <summary>The description for users.</summary>
    public string? Help { get; init; }

    /// <summary>The value if no argument is given, as written in the template; null if there is none.</summary>
    public PyValue? DefaultValue { get; init; }

    /// <summary>The parameter group in which it is shown.</summary>
    public string? Group { get; init; }

    /// <summary>The allowed numbers; null for all.</summary>
    public Interval? Range { get; init; }

    /// <summary>The options to choose from.</summary>
    public IReadOnlyList<SelectOption> Options { get; init; } = [];

    /// <summary>The path of a file in the run folder; null if the argument provides it.</summary>
    public string? Target { get; init; }

    /// <summary>The declaration of the items of a list.</summary>
    public Parameter? Item { get; init; }

    /// <summary>The fields of a record.</summary>
    public IReadOnlyList<Parameter> Fields { get; init; } = [];
}
