using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Writes responses.</summary>
internal static class Responses
{
    /// <summary>Responds with a message.</summary>
    public static Task RespondAsync<T>(this HttpContext context, int status, T message, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        return context.WriteJsonAsync(message, type);
    }

    /// <summary>Responds 200 with a message.</summary>
    public static Task RespondAsync<T>(this HttpContext context, T message, JsonTypeInfo<T> type) =>
        context.RespondAsync(StatusCodes.Status200OK, message, type);

    /// <summary>Responds 204.</summary>
    public static Task RespondNoContentAsync(this HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Responds 200 with an object that has one list, which is read and sent page by page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The list's property name.</param>
    /// <param name="pages">The pages; each is read after the one before was sent.</param>
    /// <param name="type">The JSON type of an entry.</param>
    public static Task RespondListAsync<T>(this HttpContext context, string name, IEnumerable<IEnumerable<T>> pages, JsonTypeInfo<T> type) =>
        context.StreamJsonAsync(async writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray(name);
            foreach (var page in pages)
            {
                foreach (var entry in page) JsonSerializer.Serialize(writer, entry, type);
                writer.Flush();
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
}
