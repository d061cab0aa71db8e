using System.Globalization;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>Reads ids in paths: decimal and greater than 0 (Contracts/TaskTracker/Contract.md section 1).</summary>
internal static class TrackerPaths
{
    /// <summary>The id in a segment; one that is too large to exist is the largest there is, which does not exist either.</summary>
    /// <exception cref="TrackerException">It is no id: 400.</exception>
    public static long Id(this HttpContext context, string segment = "id")
    {
        var text = context.Request.RouteValues[segment] as string ?? "";
        if (text.Length == 0 || !text.All(char.IsAsciiDigit) || text.Trim('0').Length == 0)
            throw TrackerException.Invalid("the id in the path is no number greater than 0");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : long.MaxValue;
    }
}
