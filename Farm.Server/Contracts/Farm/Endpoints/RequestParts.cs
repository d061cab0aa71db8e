using System.Globalization;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Reads path parameters, query parameters and headers.</summary>
internal static class RequestParts
{
    /// <summary>The UUID of a job or task in the path.</summary>
    /// <exception cref="FarmException">It is malformed (not found).</exception>
    public static Guid Id(this HttpContext context, string name) =>
        Guid.TryParseExact((string?)context.Request.RouteValues[name], "D", out var id) ? id : throw FarmException.NotFound($"no such {name}: its ID is a UUID");

    /// <summary>The id of an artifact in the path, 32 hex digits.</summary>
    /// <exception cref="FarmException">It is malformed (not found).</exception>
    public static Guid ArtifactId(this HttpContext context) =>
        Guid.TryParseExact((string?)context.Request.RouteValues["artifact"], "N", out var id) ? id : throw FarmException.NotFound("no such file");

    /// <summary>The attempt in the header <c>X-Farm-Attempt</c>; null without the header.</summary>
    /// <exception cref="FarmException">The header is not an attempt id (invalid).</exception>
    public static long? Attempt(this HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(WorkerCredentials.AttemptHeader, out var named)) return null;
        return long.TryParse(named.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw FarmException.Invalid($"header {WorkerCredentials.AttemptHeader} must be the attempt id that the farm assigned");
    }

    /// <summary>A whole number in the query string.</summary>
    /// <exception cref="FarmException">It is not a whole number from 0 to <paramref name="max"/> (invalid).</exception>
    public static int Number(this HttpContext context, string name, int defaultValue, int max = int.MaxValue)
    {
        if (!context.Request.Query.TryGetValue(name, out var text)) return defaultValue;
        return int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw FarmException.Invalid($"\"{name}\" must be a whole number from 0 to {max}");
    }
}
