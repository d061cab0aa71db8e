using System.Globalization;
using System.Text.RegularExpressions;

namespace Farm.Server.Operations.Configuration;

/// <summary>
/// Durations in the format of Go, as in Flamenco's settings: <c>10m0s</c>, <c>1h30m</c>, <c>250ms</c>, <c>0</c> (Contracts/Flamenco/Contract.md section 9).
/// </summary>
internal static partial class GoDuration
{
    /// <summary>Parses a duration; false if the text is invalid.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text == "0") return true;
        if (!Form().IsMatch(text)) return false;
        foreach (Match part in Part().Matches(text))
        {
            var number = double.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture);
            duration += part.Groups[2].Value switch
            {
                "h" => TimeSpan.FromHours(number),
                "m" => TimeSpan.FromMinutes(number),
                "s" => TimeSpan.FromSeconds(number),
                _ => TimeSpan.FromMilliseconds(number),
            };
        }

        return true;
    }

    /// <summary>Formats a duration: <c>10m0s</c>, <c>744h0m0s</c>, <c>1.5s</c>, <c>0s</c>.</summary>
    public static string Text(TimeSpan duration)
    {
        var (hours, minutes) = ((long)duration.TotalHours, duration.Minutes);
        var seconds = duration.Seconds + duration.Milliseconds / 1000m;
        var text = string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###}s");
        return hours > 0 ? $"{hours}h{minutes}m{text}" : minutes > 0 ? $"{minutes}m{text}" : text;
    }

    [GeneratedRegex(@"^(\d+(\.\d+)?(ms|h|m|s))+$")]
    private static partial Regex Form();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(ms|h|m|s)")]
    private static partial Regex Part();
}
