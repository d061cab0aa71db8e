using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain;

namespace Farm.Server.Contracts.Farm.Endpoints;

/// <summary>Reads the body of a request as a message of this protocol.</summary>
internal static class BodyOf
{
    /// <summary>Reads it; null for the JSON value <c>null</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The message.</param>
    /// <param name="example">What it looks like, for whoever sent something else.</param>
    /// <exception cref="FarmException">It is something else.</exception>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, string example)
        where T : class
    {
        try
        {
            var json = await JsonBody.ReadAsync(context);
            JsonBody.Check(json.Span);
            return JsonSerializer.Deserialize(json.Span, type);
        }
        catch (JsonException)
        {
            throw FarmException.Invalid($"the body must be {example}");
        }
    }
}
