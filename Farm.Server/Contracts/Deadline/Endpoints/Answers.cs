using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Writes answers.</summary>
internal static class Answers
{
    /// <summary>Without a charset: one client compares the media type letter by letter (Contracts/Deadline/Contract.md section 1.5).</summary>
    private const string Json = "application/json";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers 200 with JSON.</summary>
    public static Task AnswerAsync<T>(this HttpContext context, T message, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, type);
        context.Response.ContentType = Json;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Answers 200 with a text.</summary>
    public static Task AnswerTextAsync(this HttpContext context, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Answers that a change was made: clients compare the word letter by letter (Contracts/Deadline/Contract.md section 1.6).</summary>
    public static Task AnswerSuccessAsync(this HttpContext context) => context.AnswerTextAsync("Success");

    /// <summary>Answers 200 with a list that may be long: it is read and sent a page at a time.</summary>
    /// <param name="context">The request.</param>
    /// <param name="pages">The pages; each is read when the one before is sent.</param>
    /// <param name="type">How an entry is written.</param>
    public static Task AnswerListAsync<T>(this HttpContext context, IEnumerable<IEnumerable<T>> pages, JsonTypeInfo<T> type) =>
        context.WriteAsync(writer => WriteListAsync(context, writer, pages, type));

    /// <summary>Answers 200 with JSON that is written piece by piece.</summary>
    public static async Task WriteAsync(this HttpContext context, Func<Utf8JsonWriter, Task> write)
    {
        context.Response.ContentType = Json;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Plain);
        await write(writer);
    }

    /// <summary>Writes a list a page at a time.</summary>
    public static async Task WriteListAsync<T>(HttpContext context, Utf8JsonWriter writer, IEnumerable<IEnumerable<T>> pages, JsonTypeInfo<T> type)
    {
        writer.WriteStartArray();
        foreach (var page in pages)
        {
            foreach (var entry in page) JsonSerializer.Serialize(writer, entry, type);
            writer.Flush();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        writer.WriteEndArray();
    }
}
