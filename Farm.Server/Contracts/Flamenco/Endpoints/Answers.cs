using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    private const string Json = "application/json";

    /// <summary>Answers with a message.</summary>
    public static Task AnswerAsync<T>(this HttpContext context, int status, T message, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Answers 200 with a message.</summary>
    public static Task AnswerAsync<T>(this HttpContext context, T message, JsonTypeInfo<T> type) =>
        context.AnswerAsync(StatusCodes.Status200OK, message, type);

    /// <summary>Answers 204.</summary>
    public static Task AnswerNothingAsync(this HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Answers 200 with an object of one list that may be long: it is read and sent a page at a time.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name of the list in the object.</param>
    /// <param name="pages">The pages; each is read when the one before is sent.</param>
    /// <param name="type">How an entry is written.</param>
    public static async Task AnswerListAsync<T>(this HttpContext context, string name, IEnumerable<IEnumerable<T>> pages, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = Json;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
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
    }
}
