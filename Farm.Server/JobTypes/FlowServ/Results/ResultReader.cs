using System.Text.Json;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Results;

/// <summary>Reads the values for the ranking from the result file of a run (Contracts/FlowServ/Contract.md section 6.4).</summary>
internal static class ResultReader
{
    /// <summary>Reads the column values, without missing optional ones.</summary>
    /// <param name="text">The content of the file, JSON or YAML.</param>
    /// <param name="schema">The columns to read.</param>
    /// <exception cref="FarmException">The file is invalid or exceeds a limit, or a required value is missing; the message says which.</exception>
    public static PyMap Read(string text, ResultSchema schema)
    {
        var root = Parse(text, schema.File);
        var values = new List<KeyValuePair<string, PyValue>>();
        foreach (var column in schema.Columns)
        {
            if (Find(root, column.Path) is { } found) values.Add(new(column.Name, Cast(column, found)));
            else if (column.IsRequired) throw FarmException.Invalid($"{schema.File} has no value for '{column.Name}'");
        }

        return new PyMap(values);
    }

    private static PyValue Parse(string text, string file)
    {
        try
        {
            return JsonValues.Parse(text);
        }
        catch (Exception noJson) when (noJson is JsonException or FormatException)
        {
            return YamlValues.Parse(text, file);
        }
    }

    private static PyValue? Find(PyValue root, IReadOnlyList<string> path)
    {
        PyValue? value = root;
        foreach (var name in path) value = (value as PyMap)?[name];
        return value is PyNone ? null : value;
    }

    private static PyValue Cast(ResultColumn column, PyValue value) =>
        new ArgumentCast(_ => null).Cast(new Parameter { Name = column.Name, Type = column.Type, Index = 0, IsRequired = true }, value);
}
