using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Drawing;

/// <summary>The name of a frame's file, made as Blender makes it.</summary>
internal static partial class FrameFileName
{
    private const int DefaultDigits = 4;

    /// <summary>
    /// The last run of hash marks becomes the frame number with as many digits; without any, four digits are put at the end. `.png`
    /// is added.
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
