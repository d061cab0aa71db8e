using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Drawing;

/// <summary>File names of frames, as in Blender.</summary>
internal static partial class FrameFileName
{
    private const int DefaultDigits = 4;

    /// <summary>
    /// Replaces the last run of # characters by the frame number with as many digits, or appends four digits. Adds `.png`.
    /// </summary>
    public static string For(string pattern, int frame)
    {
        var hashes = Hashes().Matches(pattern).LastOrDefault();
        var (start, length) = hashes is null ? (pattern.Length, 0) : (hashes.Index, hashes.Length);
        var digits = hashes is null ? DefaultDigits : length;
        var number = frame < 0 ? "-" + Math.Abs((long)frame).ToString().PadLeft(digits - 1, '0') : frame.ToString().PadLeft(digits, '0');
        var name = pattern[..start] + number + pattern[(start + length)..];
        return name.EndsWith(".png", StringComparison.OrdinalIgnoreCase) ? name : name + ".png";
    }

    [GeneratedRegex("#+")]
    private static partial Regex Hashes();
}
