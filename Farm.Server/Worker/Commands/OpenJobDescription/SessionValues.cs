using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Commands.OpenJobDescription;

/// <summary>The values that texts of a session refer to.</summary>
internal sealed partial class SessionValues
{
    private readonly Dictionary<string, string> _values = [];

    /// <summary>Takes the values that the command's parameters bring.</summary>
    /// <exception cref="CommandFailedException">They do not belong together.</exception>
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

    /// <summary>These values and one more.</summary>
    public SessionValues With(IEnumerable<KeyValuePair<string, string>> more)
    {
        var values = new SessionValues(this);
        foreach (var (name, value) in more) values._values[name] = value;
        return values;
    }

    /// <summary>A text with its references replaced. What is no reference to a known value stays.</summary>
    public string Resolve(string text) => ReferencePattern().Replace(text, match => _values.GetValueOrDefault(match.Groups["name"].Value) ?? match.Value);

    private void Take(string prefix, IReadOnlyList<string> names, IReadOnlyList<string> values)
    {
        if (names.Count != values.Count) throw new CommandFailedException($"{names.Count} paths are named, and {values.Count} are given");
        foreach (var (name, value) in names.Zip(values)) _values[prefix + name] = value;
    }

    [GeneratedRegex(@"\{\{\s*(?<name>[A-Za-z_][A-Za-z0-9_.]*)\s*\}\}")]
    private static partial Regex ReferencePattern();
}
