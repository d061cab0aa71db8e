using System.Text.RegularExpressions;

namespace Farm.Dashboard.Lists;

/// <summary>What is typed into the search of the activity page: words, and <c>who:</c>, <c>verb:</c> and <c>target:</c> with a value.</summary>
/// <param name="Who">The value of <c>who:</c>; null without one.</param>
/// <param name="Verb">The value of <c>verb:</c>; null without one.</param>
/// <param name="Target">The value of <c>target:</c>; null without one.</param>
/// <param name="Search">The rest; null if there is none.</param>
public sealed partial record ActivityFilter(string? Who, string? Verb, string? Target, string? Search)
{
    /// <summary>Reads what was typed. A value with spaces is in quotation marks.</summary>
    public static ActivityFilter Read(string? text)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = Parts().Replace(text ?? "", part =>
        {
            values[part.Groups["name"].Value] = part.Groups["value"].Value.Trim('"');
            return " ";
        });
        return new ActivityFilter(
            values.GetValueOrDefault("who"), values.GetValueOrDefault("verb"), values.GetValueOrDefault("target"),
            string.IsNullOrWhiteSpace(rest) ? null : rest.Trim());
    }

    /// <summary>A value as it is typed.</summary>
    /// <param name="name"><c>who</c>, <c>verb</c> or <c>target</c>.</param>
    /// <param name="value">The value.</param>
    public static string Text(string name, string value) => value.Contains(' ', StringComparison.Ordinal) ? $"{name}:\"{value}\"" : $"{name}:{value}";

    [GeneratedRegex("""(?<=^|\s)(?<name>who|verb|target):(?<value>"[^"]*"|\S+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}
