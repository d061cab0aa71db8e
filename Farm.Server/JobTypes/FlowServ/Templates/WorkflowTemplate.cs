using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>A workflow as its specfile describes it (Contracts/FlowServ/Contract.md section 6.2).</summary>
internal sealed record WorkflowTemplate
{
    /// <summary>The parameters that a run can set.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>The parameter groups in forms; null if the template defines none.</summary>
    public IReadOnlyList<ParameterGroup>? ParameterGroups { get; init; }

    /// <summary>The variables for commands: values, or placeholders for arguments.</summary>
    public required IReadOnlyList<KeyValuePair<string, PyValue>> Variables { get; init; }

    /// <summary>The parameters whose values are shell text, as the template's author wants.</summary>
    public IReadOnlyList<string> Raw { get; init; } = [];

    /// <summary>Run in order.</summary>
    public required IReadOnlyList<TemplateStep> Steps { get; init; }

    /// <summary>The output files of a run, in listing order.</summary>
    public required IReadOnlyList<OutputFile> Outputs { get; init; }

    /// <summary>The results by which runs are ranked; null if they are not ranked.</summary>
    public ResultSchema? Results { get; init; }
}

/// <summary>A group of parameters in forms.</summary>
internal sealed record ParameterGroup(string Name, string Title, int Index);

/// <summary>A step of a template.</summary>
/// <param name="Name">The name of the step.</param>
/// <param name="Container">The action; null if a parameter provides it.</param>
/// <param name="Actor">The parameter that provides the action; null if the template does.</param>
/// <param name="Outputs">The files that the step writes.</param>
internal sealed record TemplateStep(string Name, ContainerAction? Container, string? Actor, IReadOnlyList<string> Outputs);

/// <summary>Shell commands and the environment in which they should run.</summary>
internal sealed record ContainerAction(string Environment, IReadOnlyList<string> Commands);

/// <summary>An output file of a run (Contracts/FlowServ/Contract.md section 6.4).</summary>
/// <param name="Source">The path in the run folder.</param>
internal sealed record OutputFile(string Source)
{
    /// <summary>The key for clients; null to use the path.</summary>
    public string? Key { get; init; }

    /// <summary>The display name.</summary>
    public string? Title { get; init; }

    /// <summary>A description of the content.</summary>
    public string? Caption { get; init; }

    /// <summary>The file format, for clients; null if not specified.</summary>
    public PyValue? Format { get; init; }

    /// <summary>The way to display the file, for clients; null if not specified.</summary>
    public PyValue? Widget { get; init; }
}

/// <summary>The values that successful runs write to a file and are ranked by (Contracts/FlowServ/Contract.md section 6.4).</summary>
/// <param name="File">The file, one of the outputs.</param>
/// <param name="Columns">The values to read from the file.</param>
/// <param name="OrderBy">The sort order; by default the first column, descending.</param>
internal sealed record ResultSchema(string File, IReadOnlyList<ResultColumn> Columns, IReadOnlyList<SortColumn> OrderBy);

/// <summary>A value in the results.</summary>
/// <param name="Name">The name for clients.</param>
/// <param name="Label">The display name.</param>
/// <param name="Type">Int, float or string.</param>
/// <param name="Path">The path of the value in the file, one name per level.</param>
/// <param name="IsRequired">Whether a run without this value has no results.</param>
internal sealed record ResultColumn(string Name, string Label, ParameterType Type, IReadOnlyList<string> Path, bool IsRequired);

/// <summary>A column by which runs are ranked.</summary>
internal sealed record SortColumn(string Name, bool Descending);
