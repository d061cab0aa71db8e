using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Refuses a body that is too long before any of it is read, and with it <c>Expect: 100-continue</c>, which the server only answers
/// when a body is first read. A body of unannounced length is cut off at the limit: reading on throws, and the exception becomes 413.
/// </summary>
internal sealed class BodyLimitMiddleware(RequestDelegate next, SecuritySettings settings)
{
    public Task InvokeAsync(HttpContext context)
    {
        var ofEndpoint = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>();
        var limit = ofEndpoint is null ? settings.MaxBodyBytes : ofEndpoint.MaxRequestBodySize;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = limit;
        return context.Request.ContentLength > limit
            ? context.WriteErrorAsync(new HttpError(StatusCodes.Status413PayloadTooLarge, $"the body is too large: at most {limit} bytes are taken here"))
            : next(context);
    }
}
