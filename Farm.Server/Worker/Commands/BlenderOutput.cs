using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Commands;

/// <summary>
/// Parses the output of Blender (2.8 to 4.x). Some versions put a time in front of a line.
/// </summary>
internal static partial class BlenderOutput
{
    /// <summary>
    /// Whether the line ends a frame, like ` Time: 00:05.61 (Saving: 00:00.18)`. The progress `| Time:00:00.05 |` has no space and no saving time.
    /// </summary>
    public static bool IsFrameDone(string line) => FrameDone().IsMatch(line);

    /// <summary>Whether the line is like `skipping existing frame "/out/000001.png"`. A skipped frame counts as done.</summary>
    public static bool IsFrameSkipped(string line) => line.Contains("skipping existing frame", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file named by a line like `Saved: '/out/000001.png'`, or null.</summary>
    public static string? SavedFile(string line) => Saved().Match(line) is { Success: true } match ? match.Groups["path"].Value : null;

    [GeneratedRegex(@"(^|\s)Time: (\d+:)?\d+:\d\d\.\d+ \(Saving: ", RegexOptions.CultureInvariant)]
    private static partial Regex FrameDone();

    [GeneratedRegex(@"\bSaved: '(?<path>.+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Saved();
}
