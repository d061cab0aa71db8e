using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.Shared;

/// <summary>Writes JSON responses of known length. The media type has no charset, as some clients compare it exactly.</summary>
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
}
