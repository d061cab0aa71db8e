using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Farm.Server.Contracts.TaskTracker.Endpoints;

/// <summary>
/// Writes answers: the envelope <c>{"ok","message"?,"rate_limit_delay"?,"content"?}</c> of Contracts/TaskTracker/Contract.md section 1, of which what is
/// absent is left out.
/// </summary>
internal static class TrackerAnswers
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers 200 without content.</summary>
    public static Task AnswerOkAsync(this HttpContext context, string? message = null) => context.SendAsync(writer => Begin(writer, true, message));

    /// <summary>Answers 200 with content.</summary>
    public static Task AnswerContentAsync<T>(this HttpContext context, T content, JsonTypeInfo<T> type, string? message = null) =>
        context.AnswerContentAsync(true, content, type, message);

    /// <summary>Answers 200 with content although what was asked for is not so: <c>account</c> of nobody.</summary>
    public static Task AnswerContentAsync<T>(this HttpContext context, bool ok, T content, JsonTypeInfo<T> type, string? message) => context.SendAsync(writer =>
    {
        Begin(writer, ok, message);
        writer.WritePropertyName("content");
        JsonSerializer.Serialize(writer, content, type);
    });

    /// <summary>Answers with a refusal.</summary>
    public static Task AnswerErrorAsync(this HttpContext context, int status, string message, TimeSpan? delay = null)
    {
        context.Response.StatusCode = status;
        return context.SendAsync(writer =>
        {
            Begin(writer, false, message);
            if (delay is { } wait) writer.WriteNumber("rate_limit_delay", wait.TotalSeconds);
        });
    }

    /// <summary>Answers 404 to what is no route, in plain text.</summary>
    public static Task AnswerNoRouteAsync(this HttpContext context)
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
