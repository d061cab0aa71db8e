using System.Globalization;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Reads what is not in the body of a request.</summary>
internal static class RequestParts
{
    /// <summary>The id of a job or task in the path: a UUID.</summary>
    /// <exception cref="FarmException">It is none, so there is no such thing.</exception>
    public static Guid Id(this HttpContext context, string name) =>
        Guid.TryParseExact((string?)context.Request.RouteValues[name], "D", out var id) ? id : throw FarmException.NotFound($"no such {name}: its ID is a UUID");

    /// <summary>The id of an artifact in the path: 32 hex digits.</summary>
    /// <exception cref="FarmException">It is none, so there is no such thing.</exception>
    public static Guid ArtifactId(this HttpContext context) =>
        Guid.TryParseExact((string?)context.Request.RouteValues["artifact"], "N", out var id) ? id : throw FarmException.NotFound("there is no such file");

    /// <summary>The attempt that the worker names; null when it names none.</summary>
    /// <exception cref="FarmException">The header is not an attempt's id.</exception>
    public static long? Attempt(this HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(WorkerCredentials.AttemptHeader, out var named)) return null;
        return long.TryParse(named.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw FarmException.Invalid($"header {WorkerCredentials.AttemptHeader} must be the attempt's id as the farm gave it");
    }

    /// <summary>A number of the query.</summary>
    /// <exception cref="FarmException">It is no whole number from 0 to <paramref name="most"/>.</exception>
    public static int Number(this HttpContext context, string name, int otherwise, int most = int.MaxValue)
    {
        if (!context.Request.Query.TryGetValue(name, out var text)) return otherwise;
        return int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw FarmException.Invalid($"\"{name}\" must be a whole number from 0 to {most}");
    }
}
