using System.Globalization;
using System.Text.RegularExpressions;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Deadline frame lists: <c>1-10,20</c>; <c>1-100x5</c> or <c>1-100step5</c> for every fifth frame; <c>10-1</c> backwards.</summary>
internal static partial class DeadlineFrames
{
    private const int MaxListedFrames = 1_000_000;

    /// <summary>The frames in the farm's syntax, ascending.</summary>
    /// <exception cref="DeadlineException">The text is not a frame list: 400.</exception>
    public static string Translate(string list) => string.Join(',', list.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Part));

    private static string Part(string part)
    {
        var match = PartPattern().Match(part);
        if (!match.Success) throw Invalid(part);
        var first = Number(match.Groups["first"].Value, part);
        var last = match.Groups["last"].Success ? Number(match.Groups["last"].Value, part) : first;
        var step = match.Groups["step"].Success ? Number(match.Groups["step"].Value, part) : 1;
        if (step == 0) throw Invalid(part);
        if (step == 1) return $"{Math.Min(first, last)}-{Math.Max(first, last)}";
        var count = Math.Abs(last - first) / step + 1;
        if (count > MaxListedFrames) throw Invalid(part);
        return string.Join(',', Enumerable.Range(0, (int)count).Select(i => first + (last < first ? -i : i) * step));
    }

    private static long Number(string digits, string part) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid(part);

    private static DeadlineException Invalid(string part) =>
        DeadlineException.Malformed($"Invalid Frames \"{DeadlineException.Echo(part)}\"; use a frame list like 1-10,20 or 1-100x5.");

    [GeneratedRegex(@"^(?<first>[0-9]+)(-(?<last>[0-9]+)((x|step|by|every)(?<step>[0-9]+))?)?\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex PartPattern();
}
