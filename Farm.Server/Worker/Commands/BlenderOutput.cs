using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Commands;

/// <summary>
/// What a line that Blender (2.8 to 4.x) prints means. The lines are searched, not matched whole: some versions put a time in front.
/// </summary>
internal static partial class BlenderOutput
{
    /// <summary>
    /// ` Time: 00:05.61 (Saving: 00:00.18)` ends a frame. The running `| Time:00:00.05 |` of a frame in work has no blank and no
    /// saving.
    /// </summary>
    public static bool IsFrameDone(string line) => FrameDone().IsMatch(line);

    /// <summary>`skipping existing frame "/out/000001.png"`: nothing to do is done too.</summary>
    public static bool IsFrameSkipped(string line) => line.Contains("skipping existing frame", StringComparison.OrdinalIgnoreCase);

    /// <summary>The file named by a line like `Saved: '/out/000001.png'`, or null.</summary>
    public static string? SavedFile(string line) => Saved().Match(line) is { Success: true } match ? match.Groups["path"].Value : null;

    [GeneratedRegex(@"(^|\s)Time: (\d+:)?\d+:\d\d\.\d+ \(Saving: ", RegexOptions.CultureInvariant)]
    private static partial Regex FrameDone();

    [GeneratedRegex(@"\bSaved: '(?<path>.+)'", RegexOptions.CultureInvariant)]
    private static partial Regex Saved();
}
