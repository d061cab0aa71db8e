using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.Shared;

/// <summary>Writes JSON responses. The media type has no charset, as some clients compare it exactly.</summary>
internal static class JsonResponse
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/json";

    /// <summary>Writes a message as the whole body; the status is left as it is.</summary>
    public static Task WriteJsonAsync<T>(this HttpContext context, T message, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, type);
        context.Response.ContentType = MediaType;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Streams JSON. If it fails before anything was sent, the response is still empty, so that the error can be reported.</summary>
    public static async Task StreamJsonAsync(this HttpContext context, Func<Utf8JsonWriter, Task> write, JsonWriterOptions options = default)
    {
        context.Response.ContentType = MediaType;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, options);
        try
        {
            await write(writer);
        }
        catch
        {
            // Disposing would send what is buffered.
            writer.Reset();
            throw;
        }
    }
}
