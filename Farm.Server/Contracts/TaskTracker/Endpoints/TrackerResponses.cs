using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Writes responses: the envelope <c>{"ok","message"?,"rate_limit_delay"?,"content"?}</c> of Contracts/TaskTracker/Contract.md section 1, without
/// empty properties.
/// </summary>
internal static class TrackerResponses
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Responds 200 without content.</summary>
    public static Task RespondOkAsync(this HttpContext context, string? message = null) => context.SendAsync(writer => Begin(writer, true, message));

    /// <summary>Responds 200 with content.</summary>
    public static Task RespondContentAsync<T>(this HttpContext context, T content, JsonTypeInfo<T> type, string? message = null) =>
        context.RespondContentAsync(true, content, type, message);

    /// <summary>Responds 200 with content and a given <c>ok</c>; false for <c>account</c> without a session.</summary>
    public static Task RespondContentAsync<T>(this HttpContext context, bool ok, T content, JsonTypeInfo<T> type, string? message) => context.SendAsync(writer =>
    {
        Begin(writer, ok, message);
        writer.WritePropertyName("content");
        JsonSerializer.Serialize(writer, content, type);
    });

    /// <summary>Responds with an error.</summary>
    public static Task RespondErrorAsync(this HttpContext context, int status, string message, TimeSpan? delay = null)
    {
        context.Response.StatusCode = status;
        return context.SendAsync(writer =>
        {
            Begin(writer, false, message);
            if (delay is { } wait) writer.WriteNumber("rate_limit_delay", wait.TotalSeconds);
        });
    }

    /// <summary>Responds 404 in plain text, for unknown routes.</summary>
    public static Task RespondNotFoundAsync(this HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("Not found"), context.RequestAborted).AsTask();
    }

    private static void Begin(Utf8JsonWriter writer, bool ok, string? message)
    {
        writer.WriteBoolean("ok", ok);
        if (!string.IsNullOrEmpty(message)) writer.WriteString("message", message);
    }

    private static Task SendAsync(this HttpContext context, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = buffer.WrittenCount;
        return context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted).AsTask();
    }
}
