using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>Reads the output files declared in a template (Contracts/FlowServ/Contract.md section 6.4).</summary>
internal static class OutputReader
{
    /// <summary>The files of <c>outputs</c>, else those of <c>workflow.files.outputs</c>.</summary>
    /// <exception cref="FarmException">A declaration is invalid, or a file is declared twice.</exception>
    public static IReadOnlyList<OutputFile> Read(ClosedMap template, ClosedMap workflow)
    {
        var files = workflow.Value("files") is { } value ? ClosedMap.Of(value, "'files' of 'workflow'", "inputs", "outputs") : null;
        var paths = files is null ? [] : Paths(files, "'workflow'");
        IReadOnlyList<OutputFile> outputs = template.Value("outputs") is null
            ? [.. paths.Select(path => new OutputFile(path))]
            : [.. template.List("outputs").Select(Output)];
        return outputs.GroupBy(output => output.Source).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw FarmException.Invalid($"the output '{twice.Key}' is declared twice")
            : outputs;
    }

    /// <summary>The paths of <c>outputs</c> in a <c>files</c> element.</summary>
    /// <exception cref="FarmException">A path leaves the run folder.</exception>
    public static IReadOnlyList<string> Paths(ClosedMap files, string where)
    {
        files.List("inputs");
        return [.. files.Texts("outputs").Select(path => RunPath.Checked(path, $"an output of {where}"))];
    }

    /// <summary>The <c>results</c> of a template; null if it has none.</summary>
    /// <exception cref="FarmException">The <c>results</c> are invalid.</exception>
    public static ResultSchema? Results(ClosedMap template)
    {
        if (template.Value("results") is not { } value) return null;
        var results = ClosedMap.Of(value, "'results'", "file", "schema", "orderBy");
        var columns = results.List("schema").Select(Column).ToList();
        if (columns.Count == 0) throw FarmException.Invalid("'results' has no 'schema'");
        if (columns.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw FarmException.Invalid($"'results' has two columns '{twice.Key}'");
        var order = results.List("orderBy").Select(item => Sort(item, columns)).ToList();
        return new ResultSchema(
            RunPath.Checked(results.Needed("file"), "'file' of 'results'"), columns, order.Count > 0 ? order : [new SortColumn(columns[0].Name, true)]);
    }

    private static OutputFile Output(PyValue value)
    {
        var output = ClosedMap.Of(value, "an output", "source", "key", "title", "caption", "format", "widget");
        return new OutputFile(RunPath.Checked(output.Needed("source"), "an output"))
        {
            Key = output.Text("key"),
            Title = output.Text("title"),
            Caption = output.Text("caption"),
            Format = output.Value("format"),
            Widget = output.Value("widget"),
        };
    }

    private static ResultColumn Column(PyValue value)
    {
        var column = ClosedMap.Of(value, "a column of 'results'", "name", "label", "dtype", "path", "required");
        var name = column.Needed("name");
        var type = column.Needed("dtype") switch
        {
            "int" => ParameterType.Int,
            "float" => ParameterType.Float,
            "string" => ParameterType.String,
            var other => throw FarmException.Invalid($"column '{name}' of 'results' has an unknown dtype '{other}'"),
        };
        return new ResultColumn(
            name, column.Needed("label"), type, (column.Text("path") ?? name).Split('/', StringSplitOptions.RemoveEmptyEntries), column.Flag("required") ?? true);
    }

    private static SortColumn Sort(PyValue value, List<ResultColumn> columns)
    {
        var sort = ClosedMap.Of(value, "'orderBy' of 'results'", "name", "sortDesc");
        var name = sort.Needed("name");
        return columns.Any(column => column.Name == name)
            ? new SortColumn(name, sort.Flag("sortDesc") ?? true)
            : throw FarmException.Invalid($"'orderBy' of 'results' names an unknown column '{name}'");
    }
}
