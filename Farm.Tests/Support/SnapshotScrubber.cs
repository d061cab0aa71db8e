using System.Text.RegularExpressions;

namespace Farm.Tests.Support;

/// <summary>
/// Replaces ids and times by stable placeholders: <c>Guid_1</c>, <c>DateTime_2</c>, numbered by first appearance.
/// Equal values get equal placeholders, so a snapshot still shows which ids are equal.
/// </summary>
internal static partial class SnapshotScrubber
{
    /// <summary>Replaces all UUIDs, with or without dashes, and RFC 3339 times in the text.</summary>
    public static string Scrub(string text) => Rename(Rename(text, GuidPattern(), "Guid_"), TimePattern(), "DateTime_");

    private static string Rename(string text, Regex pattern, string prefix)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        return pattern.Replace(text, match =>
        {
            if (!names.TryGetValue(match.Value, out var name))
                names[match.Value] = name = prefix + (names.Count + 1);
            return name;
        });
    }

    [GeneratedRegex(
        @"(?<![0-9a-z-])([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-z-])",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex GuidPattern();

    [GeneratedRegex(
        @"\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})",
        RegexOptions.ExplicitCapture)]
    private static partial Regex TimePattern();
}
