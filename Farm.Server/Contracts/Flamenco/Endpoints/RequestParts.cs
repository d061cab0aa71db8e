using System.Globalization;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Images;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Reads what is not in the body of a request.</summary>
internal static class RequestParts
{
    /// <summary>A UUID in the path.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What it is the id of, for the refusal.</param>
    /// <param name="name">Its name in the route.</param>
    /// <exception cref="FlamencoException">It is none: 400.</exception>
    public static Guid Id(this HttpContext context, string what, string name = "id") =>
        context.IdOrNull(name) ?? throw new FlamencoException(StatusCodes.Status400BadRequest, $"{what} ID not valid: it must be a UUID");

    /// <summary>A UUID in the path, or null when it is none.</summary>
    public static Guid? IdOrNull(this HttpContext context, string name = "id") =>
        Guid.TryParseExact((string?)context.Request.RouteValues[name], "D", out var id) ? id : null;

    /// <summary>The attempt that the worker names; null when it names none.</summary>
    /// <exception cref="FlamencoException">The header is not an attempt's id.</exception>
    public static long? Attempt(this HttpContext context) =>
        context.Request.Headers.TryGetValue(WorkerCredentials.AttemptHeader, out var named) ? ParseAttempt(named.ToString(), $"header {WorkerCredentials.AttemptHeader}") : null;

    /// <summary>The attempt that a text names.</summary>
    /// <exception cref="FlamencoException">The text is not an attempt's id.</exception>
    public static long ParseAttempt(string text, string where) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw FlamencoException.Malformed($"{where} must be the attempt's id as the farm gave it");

    /// <summary>The path under which the client finds the files of a job: beside the API, behind the same prefix.</summary>
    public static string PathOfFiles(this HttpContext context, Guid job)
    {
        var route = ((RouteEndpoint)context.GetEndpoint()!).RoutePattern.RawText!;
        var prefix = route[..route.IndexOf(FlamencoModule.Root, StringComparison.Ordinal)];
        return $"{context.Request.PathBase}{prefix}{JobFileEndpoints.Root}/{JobDirectory.Relative(job)}";
    }

    /// <summary>The client's address.</summary>
    public static string Address(this HttpContext context) => ClientAddress.Of(context);
}
