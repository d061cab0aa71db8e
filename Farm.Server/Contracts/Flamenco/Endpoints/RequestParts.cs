using System.Globalization;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Images;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Reads path parameters, query parameters and headers.</summary>
internal static class RequestParts
{
    /// <summary>A UUID in the path.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What it identifies, for the error message.</param>
    /// <param name="name">Its name in the route.</param>
    /// <exception cref="FlamencoException">It is not a UUID: 400.</exception>
    public static Guid Id(this HttpContext context, string what, string name = "id") =>
        context.IdOrNull(name) ?? throw new FlamencoException(StatusCodes.Status400BadRequest, $"{what} ID not valid: it must be a UUID");

    /// <summary>A UUID in the path; null when it is malformed.</summary>
    public static Guid? IdOrNull(this HttpContext context, string name = "id") =>
        Guid.TryParseExact((string?)context.Request.RouteValues[name], "D", out var id) ? id : null;

    /// <summary>The attempt in the header <c>X-Farm-Attempt</c>; null without the header.</summary>
    /// <exception cref="FlamencoException">The header is not an attempt id.</exception>
    public static long? Attempt(this HttpContext context) =>
        context.Request.Headers.TryGetValue(WorkerCredentials.AttemptHeader, out var named) ? ParseAttempt(named.ToString(), $"header {WorkerCredentials.AttemptHeader}") : null;

    /// <summary>Parses an attempt id.</summary>
    /// <exception cref="FlamencoException">The text is not an attempt id.</exception>
    public static long ParseAttempt(string text, string where) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw FlamencoException.Malformed($"{where} must be the attempt id that the farm assigned");

    /// <summary>The URL path of a job's files: beside the API, below the same prefix.</summary>
    public static string PathOfFiles(this HttpContext context, Guid job)
    {
        var route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        var prefix = route[..route.IndexOf(FlamencoModule.Root, StringComparison.Ordinal)];
        return $"{context.Request.PathBase}{prefix}{JobFileEndpoints.Root}/{JobDirectory.Relative(job)}";
    }

    /// <summary>The client's address.</summary>
    public static string Address(this HttpContext context) => ClientAddress.Of(context);
}
