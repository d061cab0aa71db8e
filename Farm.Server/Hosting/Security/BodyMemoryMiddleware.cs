using Microsoft.AspNetCore.Http.Metadata;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Counts large bodies of endpoints that hold them in memory. Endpoints without a body limit read theirs as a stream, and are not counted.
/// </summary>
internal sealed class BodyMemoryMiddleware(RequestDelegate next, BodyMemory memory)
{
    /// <summary>Announced bodies up to this length, in bytes, are not counted, as there are many of them.</summary>
    public const long Uncounted = 64 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        var isStream = context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is { MaxRequestBodySize: null };
        if (isStream || context.Request.ContentLength is <= Uncounted || !HasBody(context.Request))
        {
            await next(context);
            return;
        }

        var body = context.Request.Body;
        await using var counted = new CountedBody(body, memory);
        context.Request.Body = counted;
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Body = body;
        }
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
}
