using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Contracts.Aspire.Messages;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Writes answers: always one object (Contracts/Aspire/Contract.md section 3).</summary>
internal static class Answers
{
    private const string Json = "application/json";
    private const int MostNamed = 10;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Answers with a message of the protocol.</summary>
    public static Task AnswerAsync<T>(this HttpContext context, int status, T message, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(message, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = Json;
        context.Response.ContentLength = bytes.Length;
        return context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
    }

    /// <summary>Answers 200 with a sentence for people.</summary>
    public static Task AnswerMessageAsync(this HttpContext context, string message) =>
        context.AnswerAsync(StatusCodes.Status200OK, new MessageAnswer(message), AspireJson.Wire.MessageAnswer);

    /// <summary>
    /// Answers a call about ids: 200 when any was found, with an error section when others were not; 404 when none was (section 3.1).
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="things">What the ids name, in the plural.</param>
    /// <param name="ids">All ids.</param>
    /// <param name="unknown">Those that name nothing.</param>
    /// <param name="message">What was done about the others.</param>
    /// <exception cref="AspireException">None was found.</exception>
    public static Task AnswerIdsAsync(this HttpContext context, string things, IReadOnlyList<string> ids, IReadOnlyList<string> unknown, string message)
    {
        if (unknown.Count == 0) return context.AnswerMessageAsync(message);
        if (unknown.Count == ids.Count) throw AspireException.NotFound($"there are no such {things}: {Names(unknown)}");
        return context.AnswerAsync(
            StatusCodes.Status200OK,
            new PartialAnswer(
                $"{unknown.Count} of {ids.Count} ids not found", [.. unknown.Select(id => new IdError(id, StatusCodes.Status404NotFound, "not found"))]),
            AspireJson.Wire.PartialAnswer);
    }

    /// <summary>Answers 200 with batches: without a number that was asked for one or nothing, with it a list (section 3.2).</summary>
    public static async Task AnswerBatchesAsync(this HttpContext context, IReadOnlyList<BatchMessage> batches, bool asList)
    {
        context.Response.ContentType = Json;
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter, Plain);
        writer.WriteStartObject();
        if (batches.Count == 0) writer.WriteString("message"u8, "there is nothing to hand out");
        if (asList) writer.WriteStartArray("batch"u8);
        else if (batches.Count > 0) writer.WritePropertyName("batch"u8);
        foreach (var batch in batches)
        {
            JsonSerializer.Serialize(writer, batch, AspireJson.Wire.BatchMessage);
            writer.Flush();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        if (asList) writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A number of things in words: <c>1 batch</c>, <c>2 batches</c>.</summary>
    public static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    private static string Names(IReadOnlyList<string> ids) =>
        string.Join(", ", ids.Take(MostNamed).Select(AspireException.Echo)) + (ids.Count > MostNamed ? $" and {ids.Count - MostNamed} more" : "");
}
