using System.Text;

namespace Farm.Server.Domain.Variables;

/// <summary>Replaces <c>{name}</c> by its value when a task is assigned, and converts paths to the format of the platform.</summary>
/// <param name="variables">The variables of the audience and platform.</param>
/// <param name="atManager">The manager's values of the two-way variables.</param>
/// <param name="platform">The platform, which determines the path separators.</param>
internal sealed class VariableExpander(IReadOnlyList<BoundVariable> variables, IReadOnlyList<BoundVariable> atManager, string platform)
{
    private readonly Dictionary<string, string> _oneway = ByName(variables, isTwoway: false);
    private readonly Dictionary<string, string> _twoway = ByName(variables, isTwoway: true);
    private readonly bool _isWindows = platform.Equals("windows", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Replaces one-way variables, then two-way variables, then a prefix that is the manager's value of a two-way variable by the
    /// platform's value. If a two-way variable was replaced, all separators become the platform's. Unknown <c>{name}</c>s are left
    /// unchanged.
    /// </summary>
    public string Expand(string text)
    {
        var withOneway = Substitute(text, _oneway, out _);
        var expanded = Substitute(withOneway, _twoway, out var isTwowayReplaced);
        if (PathPrefix.FindLongest(atManager, expanded) is { } variable)
        {
            expanded = _twoway[variable.Name] + expanded[variable.Value.Length..];
            isTwowayReplaced = true;
        }
        return isTwowayReplaced ? WithSeparators(expanded) : expanded;
    }

    private string WithSeparators(string path)
    {
        if (!_isWindows)
            return path.Replace('\\', '/');
        var backslashed = path.Replace('/', '\\');
        var isDriveWithoutRoot = backslashed is [var drive, ':', not '\\', ..] && char.IsAsciiLetter(drive);
        return isDriveWithoutRoot ? $"{backslashed[..2]}\\{backslashed[2..]}" : backslashed;
    }

    private static string Substitute(string text, Dictionary<string, string> values, out bool isReplaced)
    {
        isReplaced = false;
        if (values.Count == 0 || !text.Contains('{'))
            return text;
        var result = new StringBuilder();
        var at = 0;
        while (text.IndexOf('{', at) is >= 0 and var open)
        {
            result.Append(text, at, open - at);
            var close = text.AsSpan(open + 1).IndexOfAny('{', '}') + open + 1;
            if (close > open && text[close] == '}' && values.TryGetValue(text[(open + 1)..close], out var value))
            {
                result.Append(value);
                isReplaced = true;
                at = close + 1;
            }
            else
            {
                result.Append('{');
                at = open + 1;
            }
        }
        return result.Append(text, at, text.Length - at).ToString();
    }

    private static Dictionary<string, string> ByName(IReadOnlyList<BoundVariable> variables, bool isTwoway) => variables
        .Where(variable => variable.IsTwoway == isTwoway)
        .ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
}
