using Farm.Server.Domain;
using Farm.Server.Domain.Audit;
using Farm.Server.Operations.Audit;

namespace Farm.Server.Contracts.Shared;

/// <summary>Writes requests to the audit that were refused before an operation began, whatever the protocol.</summary>
internal sealed class RefusedRequests(Callers callers, AuditLog audit)
{
    /// <summary>Writes that a request was refused.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reason">Why, without secrets.</param>
    public Task RecordAsync(HttpContext context, string reason) => RecordAsync(context, AuditVerb.Request, Route(context), reason);

    /// <inheritdoc cref="RecordAsync(HttpContext, string)"/>
    /// <param name="context">The request.</param>
    /// <param name="verb">What it wanted.</param>
    /// <param name="target">What it was about.</param>
    /// <param name="reason">Why, without secrets.</param>
    public async Task RecordAsync(HttpContext context, string verb, AuditTarget target, string reason)
    {
        try
        {
            await audit.RefusedAsync(callers.Of(context), verb, target, reason);
        }
        catch (FarmException unavailable) when (unavailable.Kind == ErrorKind.Unavailable)
        {
            // The client learns why it was refused, not that the database is away.
        }
    }

    /// <summary>The route and not the path, which may be long and different each time.</summary>
    private static AuditTarget Route(HttpContext context)
    {
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        return new AuditTarget("route", "", $"{context.Request.Method} {(route is null ? "(unknown path)" : $"/{route.TrimStart('/')}")}");
    }
}
