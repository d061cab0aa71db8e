using Microsoft.Net.Http.Headers;

namespace Farm.Server.Hosting.StaticFiles;

/// <summary>
/// Serves the embedded files. A URL with the content's version is cached for a year; any other is revalidated by its strong ETag.
/// </summary>
internal static class StaticFileEndpoints
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    public static void MapEmbeddedStaticFiles(this IEndpointRouteBuilder routes, StaticFileCatalog catalog)
    {
        foreach (var file in catalog.Files)
            routes.MapMethods("/" + file.Path, [HttpMethods.Get, HttpMethods.Head], context => ServeAsync(context, file)).DisableAntiforgery();
    }

    private static async Task ServeAsync(HttpContext context, StaticFile file)
    {
        var compressed = AcceptsBrotli(context.Request) ? file.Brotli : null;
        var tag = new EntityTagHeaderValue(compressed is null ? $"\"{file.Version}\"" : $"\"{file.Version}-br\"");
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        context.Response.Headers.CacheControl = context.Request.Query["v"] == file.Version ? Forever : AskAgain;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (StaticFileTypes.IsText(file.Path))
            context.Response.Headers.Vary = HeaderNames.AcceptEncoding;

        if (IsKnown(context.Request, tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var body = compressed ?? file.Content;
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = body.Length;
        if (compressed is not null)
            context.Response.Headers.ContentEncoding = "br";
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static bool AcceptsBrotli(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var encodings)
        && encodings.Any(encoding => encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request.Headers.IfNoneMatch is { Count: > 0 } known
        && EntityTagHeaderValue.TryParseList(known, out var tags)
        && tags.Any(other => other.Equals(EntityTagHeaderValue.Any) || other.Compare(tag, useStrongComparison: false));
}
