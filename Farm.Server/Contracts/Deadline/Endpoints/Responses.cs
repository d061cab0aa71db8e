using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>Writes responses.</summary>
internal static class Responses
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Responds 200 with JSON.</summary>
    public static Task RespondAsync<T>(this HttpContext context, T message, JsonTypeInfo<T> type) => context.WriteJsonAsync(message, type);

    /// <summary>Responds 200 with plain text.</summary>
    public static Task RespondTextAsync(this HttpContext context, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Responds <c>Success</c>, which clients compare exactly (Contracts/Deadline/Contract.md section 1.6).</summary>
    public static Task RespondSuccessAsync(this HttpContext context) => context.RespondTextAsync("Success");

    /// <summary>Responds 200 with a list, read and sent page by page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="pages">The pages; each is read after the one before was sent.</param>
    /// <param name="type">The JSON type of an entry.</param>
    public static Task RespondListAsync<T>(this HttpContext context, IEnumerable<IEnumerable<T>> pages, JsonTypeInfo<T> type) =>
        context.WriteAsync(writer => WriteListAsync(context, writer, pages, type));

    /// <summary>Responds 200 with streamed JSON.</summary>
    public static Task WriteAsync(this HttpContext context, Func<Utf8JsonWriter, Task> write) => context.StreamJsonAsync(write, Plain);

    /// <summary>Writes a list page by page.</summary>
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
