using System.Net.Mime;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Farm.Server.Contracts.Shared;

/// <summary>Sends a stored content to be saved as a file: streamed, in parts where they are asked for, known again by its hash.</summary>
internal static class StoredFileAnswer
{
    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    /// <summary>What the name of a file says that it is; <c>application/octet-stream</c> where it says nothing.</summary>
    public static string MediaType(string path) =>
        MediaTypes.TryGetContentType(path, out var type) ? type : MediaTypeNames.Application.Octet;

    /// <summary>Sends a content, whole or the range that was asked for, or 304 when the client has it.</summary>
    /// <param name="context">The request, a GET or HEAD.</param>
    /// <param name="content">The content; disposed of.</param>
    /// <param name="sha256">Its hash, 64 hex digits.</param>
    /// <param name="fileName">What the client shall call it.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="createdAt">When it came to be, in unix milliseconds.</param>
    public static Task SendAsync(HttpContext context, FileStream content, string sha256, string fileName, string mediaType, long createdAt)
    {
        var headers = context.Response.Headers;
        // It is somebody's file, not a page of the farm's.
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "private, no-cache";
        headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(sha256))}:";
        return Results.Stream(
            content, mediaType, fileName, DateTimeOffset.FromUnixTimeMilliseconds(createdAt), new EntityTagHeaderValue($"\"{sha256}\""),
            enableRangeProcessing: true).ExecuteAsync(context);
    }

    /// <summary>Sets the headers of an archive that is about to be written into the body.</summary>
    public static void BeginArchive(HttpContext context, string fileName)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(fileName);
        context.Response.ContentType = MediaTypeNames.Application.GZip;
        context.Response.Headers.ContentDisposition = disposition.ToString();
        context.Response.Headers.CacheControl = "private, no-store";
    }
}
