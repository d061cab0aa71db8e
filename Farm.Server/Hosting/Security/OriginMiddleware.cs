using Farm.Server.Contracts.Shared;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Refuses state-changing requests and WebSockets that may come from pages of other sites, through a visitor's browser; see
/// <see cref="RequestSender"/>. Workers and scripts pass. <see cref="AllowCrossSite"/> makes exceptions, <see cref="StateChangingGet"/> marks the
/// GET routes that change something.
/// </summary>
internal sealed class OriginMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        IsHarmless(context) || IsOpenToOthers(context)
            ? next(context)
            : context.WriteErrorAsync(new HttpError(StatusCodes.Status403Forbidden, "request from another site refused"));

    private static bool IsHarmless(HttpContext context)
    {
        var request = context.Request;
        if (context.GetEndpoint()?.Metadata.GetMetadata<StateChangingGet>() is { } marked && IsSafeMethod(request))
            return RequestSender.MayChangeByGet(request, marked.UsesSession);
        // A WebSocket is opened with GET, and browsers let any page open one.
        return (IsSafeMethod(request) && request.Headers.Upgrade.Count == 0) || RequestSender.MayChange(request);
    }

    private static bool IsOpenToOthers(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<AllowCrossSite>() is { } others && others.Admits(context.Request);

    private static bool IsSafeMethod(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
}
