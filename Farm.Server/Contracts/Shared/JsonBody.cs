using System.Text.Json;
using System.Text.Unicode;

namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Reads JSON from request bodies, for all protocols. The parser of .NET accepts texts that fail only when they are used: names that are not
/// UTF-8, and half of a character pair, such as <c>\ud800</c>. Here they are malformed JSON, so that no handler meets them.
/// </summary>
internal static class JsonBody
{
    /// <summary>The largest buffer in bytes that is made for an announced length, before the bytes are there.</summary>
    private const long MaxAnnounced = 1024 * 1024;

    /// <summary>Reads the bytes of a body.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 0, MaxAnnounced));
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    /// <summary>Parses a body.</summary>
    /// <exception cref="HalfCharacterException">A name or a text has half of a character pair.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json, JsonDocumentOptions options = default)
    {
        CheckUtf8(json);
        // First, as the search for repeated names fails on half a character with an unspecific exception.
        CheckTexts(json, options.MaxDepth);
        return JsonElement.Parse(json, options);
    }

    /// <summary>Checks a body that is then read in another way; finds no errors of syntax.</summary>
    /// <exception cref="HalfCharacterException">A name or a text has half of a character pair.</exception>
    /// <exception cref="JsonException">It is not UTF-8, or not JSON.</exception>
    public static void Check(ReadOnlySpan<byte> json)
    {
        CheckUtf8(json);
        CheckTexts(json, 0);
    }

    private static void CheckUtf8(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) throw new JsonException("it is not UTF-8");
    }

    private static void CheckTexts(ReadOnlySpan<byte> json, int maxDepth)
    {
        // Half a pair can only be written as an escape.
        if (json.IndexOf("\\u"u8) < 0) return;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        var name = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName) name = Text(ref reader, "a name");
            else if (reader is { TokenType: JsonTokenType.String, ValueIsEscaped: true }) Text(ref reader, name.Length > 0 ? $"\"{ProtocolException.Echo(name)}\"" : "a text");
        }
    }

    private static string Text(ref Utf8JsonReader reader, string what)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new HalfCharacterException($"{what} has half of a character pair (\\ud800 to \\udfff)");
        }
    }
}

/// <summary>A name or a text of a JSON body has half of a character pair, which no text can have.</summary>
internal sealed class HalfCharacterException(string message) : JsonException(message);
