using System.Globalization;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Parses ids in paths: decimal, greater than 0 (Contracts/TaskTracker/Contract.md section 1).</summary>
internal static class TrackerPaths
{
    /// <summary>The id in a segment, clamped to 64 bits.</summary>
    /// <exception cref="TrackerException">It is not an id: 400.</exception>
    public static long Id(this HttpContext context, string segment = "id")
    {
        var text = context.Request.RouteValues[segment] as string ?? "";
        if (text.Length == 0 || !text.All(char.IsAsciiDigit) || text.Trim('0').Length == 0)
            throw TrackerException.Invalid("the id in the path must be a number greater than 0");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
    }
}
