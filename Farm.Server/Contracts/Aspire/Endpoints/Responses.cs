using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Contracts.Aspire.Messages;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Writes responses; each is one object (Contracts/Aspire/Contract.md section 3).</summary>
internal static class Responses
{
    private const int MaxListedIds = 10;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Responds with a message of the protocol.</summary>
    public static Task RespondAsync<T>(this HttpContext context, int status, T message, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        return context.WriteJsonAsync(message, type);
    }

    /// <summary>Responds 200 with a sentence for people.</summary>
    public static Task RespondMessageAsync(this HttpContext context, string message) =>
        context.RespondAsync(StatusCodes.Status200OK, new MessageResponse(message), AspireJson.Wire.MessageResponse);

    /// <summary>
    /// Responds to a request about ids: 200 if any was found, with an error section for those that were not; 404 if none was (section 3.1).
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="things">What the ids identify, in the plural.</param>
    /// <param name="ids">All ids.</param>
    /// <param name="unknown">The ids that were not found.</param>
    /// <param name="message">What was done with the others.</param>
    /// <exception cref="AspireException">None was found.</exception>
    public static Task RespondIdsAsync(this HttpContext context, string things, IReadOnlyList<string> ids, IReadOnlyList<string> unknown, string message)
    {
        if (unknown.Count == 0) return context.RespondMessageAsync(message);
        if (unknown.Count == ids.Count) throw AspireException.NotFound($"no such {things}: {Names(unknown)}");
        return context.RespondAsync(
            StatusCodes.Status200OK,
            new PartialResponse(
                $"{unknown.Count} of {ids.Count} ids not found", [.. unknown.Select(id => new IdError(id, StatusCodes.Status404NotFound, "not found"))]),
            AspireJson.Wire.PartialResponse);
    }

    /// <summary>Responds 200 with batches: a list if the request had a number, otherwise one batch or none (section 3.2).</summary>
    public static Task RespondBatchesAsync(this HttpContext context, IReadOnlyList<BatchMessage> batches, bool asList) => context.StreamJsonAsync(
        async writer =>
        {
            writer.WriteStartObject();
            if (batches.Count == 0) writer.WriteString("message"u8, "no batch available");
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
        },
        Plain);

    /// <summary>A count with its noun: <c>1 batch</c>, <c>2 batches</c>.</summary>
    public static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    private static string Names(IReadOnlyList<string> ids) =>
        string.Join(", ", ids.Take(MaxListedIds).Select(AspireException.Echo)) + (ids.Count > MaxListedIds ? $" and {ids.Count - MaxListedIds} more" : "");
}
