using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Reads the JSON of a request by the rules of Contracts/TaskTracker/Contract.md section 1: whatever the Content-Type; names without regard to case
/// (the serializer context must say so); unknown ones ignored; the last of repeated ones; null is absent, so that every property of a request
/// record can be null; all else must fit.
/// </summary>
internal static class TrackerBody
{
    /// <summary>Reads the body; JSON's <c>null</c> is an object without properties.</summary>
    /// <exception cref="TrackerException">It is no JSON, or does not fit: 400.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class, new() => Parse(await BytesAsync(context), type);

    /// <summary>All bytes of the body, up to the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <inheritdoc cref="ReadAsync{T}"/>
    public static T Parse<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class, new()
    {
        try
        {
            return JsonSerializer.Deserialize(json.Span, type) ?? new T();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw TrackerException.Invalid("the body is not the JSON that belongs here" + Where(error));
        }
    }

    private static string Where(Exception error) =>
        error is JsonException { Path: { Length: > 2 and < 100 } path } ? $"; look at {path[2..]}" : "";
}
