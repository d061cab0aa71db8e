using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>A workflow as its specfile describes it (Contracts/FlowServ/Contract.md section 6.2).</summary>
internal sealed record WorkflowTemplate
{
    /// <summary>What can be set for a run.</summary>
    public required IReadOnlyList<Parameter> Parameters { get; init; }

    /// <summary>How forms group the parameters; null when the template does not say.</summary>
    public IReadOnlyList<ParameterGroup>? ParameterGroups { get; init; }

    /// <summary>What commands can refer to: values, or placeholders for arguments.</summary>
    public required IReadOnlyList<KeyValuePair<string, PyValue>> Variables { get; init; }

    /// <summary>Run one after the other.</summary>
    public required IReadOnlyList<TemplateStep> Steps { get; init; }

    /// <summary>The files that a run leaves, in the order in which they are listed.</summary>
    public required IReadOnlyList<OutputFile> Outputs { get; init; }

    /// <summary>The numbers by which runs are ranked; null when they are not.</summary>
    public ResultSchema? Results { get; init; }
}

/// <summary>A group of parameters in forms.</summary>
internal sealed record ParameterGroup(string Name, string Title, int Index);

/// <summary>A step of a template.</summary>
/// <param name="Name">How it is called.</param>
/// <param name="Container">What it does; null when a parameter says.</param>
/// <param name="Actor">The parameter that says what it does; null when the template does.</param>
/// <param name="Outputs">The files that it writes.</param>
internal sealed record TemplateStep(string Name, ContainerAction? Container, string? Actor, IReadOnlyList<string> Outputs);

/// <summary>Commands for a shell, and the environment that they are meant for.</summary>
internal sealed record ContainerAction(string Environment, IReadOnlyList<string> Commands);

/// <summary>A file that a run leaves (Contracts/FlowServ/Contract.md section 6.4).</summary>
/// <param name="Source">Its path in the run folder.</param>
internal sealed record OutputFile(string Source)
{
    /// <summary>The name by which clients know it; null for its path.</summary>
    public string? Key { get; init; }

    /// <summary>How people see it.</summary>
    public string? Title { get; init; }

    /// <summary>What it shows.</summary>
    public string? Caption { get; init; }

    /// <summary>How it is written, for clients; null when the template does not say.</summary>
    public PyValue? Format { get; init; }

    /// <summary>How it is shown, for clients; null when the template does not say.</summary>
    public PyValue? Widget { get; init; }
}

/// <summary>Numbers and texts that successful runs leave in a file, to be ranked by (Contracts/FlowServ/Contract.md section 6.4).</summary>
/// <param name="File">The file, one of the outputs.</param>
/// <param name="Columns">What is read of it.</param>
/// <param name="OrderBy">How runs are ranked; the first column descending when the template does not say.</param>
internal sealed record ResultSchema(string File, IReadOnlyList<ResultColumn> Columns, IReadOnlyList<SortColumn> OrderBy);

/// <summary>A value that is read of the results.</summary>
/// <param name="Name">What clients call it.</param>
/// <param name="Label">How people see it.</param>
/// <param name="Type">Int, float or string.</param>
/// <param name="Path">The names that lead to it in the file.</param>
/// <param name="IsRequired">Whether a run without it has no results.</param>
internal sealed record ResultColumn(string Name, string Label, ParameterType Type, IReadOnlyList<string> Path, bool IsRequired);

/// <summary>A column by which runs are ranked.</summary>
internal sealed record SortColumn(string Name, bool Descending);
