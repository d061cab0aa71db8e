using Farm.Server.Contracts.Shared;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Refuses a body that is too long before reading it, also with <c>Expect: 100-continue</c>. For a body without a length, reading past the
/// limit throws, which becomes 413.
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
            ? context.WriteErrorAsync(new HttpError(StatusCodes.Status413PayloadTooLarge, $"request body too large; the limit is {limit} bytes"))
            : next(context);
    }
}
