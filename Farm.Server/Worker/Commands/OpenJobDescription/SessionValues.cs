using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>The values of the references in a session.</summary>
internal sealed partial class SessionValues
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Reads the values from the command's parameters.</summary>
    /// <exception cref="TaskCommandException">The numbers of names and values differ.</exception>
    public SessionValues(CommandParameters parameters)
    {
        foreach (var (name, value) in parameters.Texts("values")) _values[name] = value;
        Take("", parameters.List("path_names"), parameters.List("paths"));
        foreach (var (name, value) in parameters.Texts("task")) (_values[$"Task.Param.{name}"], _values[$"Task.RawParam.{name}"]) = (value, value);
        Take("Task.Param.", parameters.List("task_path_names"), parameters.List("task_paths"));
    }

    private SessionValues(SessionValues other)
    {
        foreach (var (name, value) in other._values) _values[name] = value;
    }

    /// <summary>These values and more.</summary>
    public SessionValues With(IEnumerable<KeyValuePair<string, string>> more)
    {
        var values = new SessionValues(this);
        foreach (var (name, value) in more) values._values[name] = value;
        return values;
    }

    /// <summary>Replaces the references in a text. Unknown references are kept.</summary>
    public string Resolve(string text) => ReferencePattern().Replace(text, match => _values.GetValueOrDefault(match.Groups["name"].Value) ?? match.Value);

    private void Take(string prefix, IReadOnlyList<string> names, IReadOnlyList<string> values)
    {
        if (names.Count != values.Count) throw new TaskCommandException($"{names.Count} path names, but {values.Count} paths");
        foreach (var (name, value) in names.Zip(values)) _values[prefix + name] = value;
    }

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z_][A-Za-z0-9_.]*)\s*\}\}")]
    private static partial Regex ReferencePattern();
}
