using System.Text.Json;
using Farm.Server.Domain;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;

namespace Farm.Server.JobTypes.FlowServ.Results;

/// <summary>Reads the values by which runs are ranked from the file that a run left (Contracts/FlowServ/Contract.md section 6.4).</summary>
internal static class ResultReader
{
    /// <summary>The values of the columns, those that are not there left out; null when the file is broken or lacks a value that it must have.</summary>
    /// <param name="text">The file, JSON or YAML.</param>
    /// <param name="schema">What is read of it.</param>
    public static PyMap? Read(string text, ResultSchema schema)
    {
        try
        {
            var root = Parse(text, schema.File);
            var values = new List<KeyValuePair<string, PyValue>>();
            foreach (var column in schema.Columns)
            {
                if (Find(root, column.Path) is { } found) values.Add(new(column.Name, Cast(column, found)));
                else if (column.IsRequired) return null;
            }

            return new PyMap(values);
        }
        catch (FarmException)
        {
            return null;
        }
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
