using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Reads JSON bodies by the rules of Contracts/TaskTracker/Contract.md section 1: any Content-Type; case-insensitive names (set in the serializer
/// context); unknown names are ignored; the last of repeated names counts; null means missing, so every property of a request record is nullable;
/// types must match.
/// </summary>
internal static class TrackerBody
{
    /// <summary>Reads the body; JSON <c>null</c> is like an empty object.</summary>
    /// <exception cref="TrackerException">It is not JSON, or a type does not match: 400.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class, new() => Parse(await JsonBody.ReadAsync(context), type);

    /// <inheritdoc cref="ReadAsync{T}"/>
    public static T Parse<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class, new()
    {
        try
        {
            JsonBody.Check(json.Span);
            return JsonSerializer.Deserialize(json.Span, type) ?? new T();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw TrackerException.Invalid("the body is not valid JSON for this request" + Where(error));
        }
    }

    private static string Where(Exception error) =>
        error is JsonException { Path: { Length: > 2 and < 100 } path } ? $"; check {path[2..]}" : "";
}
