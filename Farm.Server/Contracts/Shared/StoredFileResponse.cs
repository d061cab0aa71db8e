using System.Net.Mime;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Farm.Server.Contracts.Shared;

/// <summary>Sends stored content as a download, with ranges and its hash as the ETag.</summary>
internal static class StoredFileResponse
{
    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    /// <summary>The media type for a file name; <c>application/octet-stream</c> when it is unknown.</summary>
    public static string MediaType(string path) =>
        MediaTypes.TryGetContentType(path, out var type) ? type : MediaTypeNames.Application.Octet;

    /// <summary>Sends the content or the requested range, or 304 when the client already has it.</summary>
    /// <param name="context">The request, a GET or HEAD.</param>
    /// <param name="content">The content; disposed afterwards.</param>
    /// <param name="sha256">Its hash, 64 hex digits.</param>
    /// <param name="fileName">The suggested file name.</param>
    /// <param name="mediaType">Its media type.</param>
    /// <param name="createdAt">Its creation time in unix milliseconds.</param>
    public static Task SendAsync(HttpContext context, FileStream content, string sha256, string fileName, string mediaType, long createdAt)
    {
        var headers = context.Response.Headers;
        // Browsers must not treat an uploaded file as a page of the farm.
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-cache";
        headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(sha256))}:";
        return Results.Stream(
            content, mediaType, fileName, DateTimeOffset.FromUnixTimeMilliseconds(createdAt), new EntityTagHeaderValue($"\"{sha256}\""),
            enableRangeProcessing: true).ExecuteAsync(context);
    }

    /// <summary>Sets the headers of an archive that is then written to the body.</summary>
    public static void BeginArchive(HttpContext context, string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        context.Response.ContentType = MediaTypeNames.Application.GZip;
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.CacheControl = "private, no-store";
    }
}
