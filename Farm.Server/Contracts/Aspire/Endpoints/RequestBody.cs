using System.Text.Json;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Reads JSON bodies; what the Content-Type says does not matter (Contracts/Aspire/Contract.md section 2).</summary>
internal static class RequestBody
{
    /// <summary>Less than the usual depth, since entries are stored and handed out within other JSON.</summary>
    private const int Deepest = 56;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Deepest, AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The body, an object or a list.</summary>
    /// <exception cref="AspireException">There is none, or it is neither: 400.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext context) =>
        await ReadOptionalAsync(context) ?? throw AspireException.Malformed("the call needs a body of JSON");

    /// <summary>The body, an object or a list; null when there is none.</summary>
    /// <exception cref="AspireException">It is neither: 400.</exception>
    public static async Task<JsonElement?> ReadOptionalAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>An object.</summary>
    /// <exception cref="AspireException">It is a list: 406.</exception>
    public static async Task<JsonElement> ReadObjectAsync(HttpContext context) => await ReadAsync(context) is { ValueKind: JsonValueKind.Object } root
        ? root
        : throw AspireException.NotAcceptable("the body must be an object");

    /// <summary>The value of a key; null when it is absent or null.</summary>
    public static JsonElement? Value(this JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text that may be left out.</summary>
    /// <exception cref="AspireException">It is no text: 406.</exception>
    public static string? Text(this JsonElement root, string name) => root.Value(name) switch
    {
        null => null,
        { } value => AsText(value) ?? throw AspireException.NotAcceptable($"\"{name}\" must be a string"),
    };

    /// <summary>A text that must be there and must not be empty.</summary>
    /// <exception cref="AspireException">It is not: 406.</exception>
    public static string NeededText(this JsonElement root, string name) => root.Text(name) is { Length: > 0 } text
        ? text
        : throw AspireException.NotAcceptable($"\"{name}\" must be a string that is not empty");

    /// <summary>A text; null for what is none, or has half a surrogate pair.</summary>
    public static string? AsText(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(ByteOrderMark)) json = json[ByteOrderMark.Length..];
        if (json.Trim(" \t\r\n"u8).IsEmpty) return null;
        try
        {
            if (JsonElement.Parse(json, Options) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } root) return root;
        }
        catch (JsonException)
        {
            // Said below, as for JSON of another kind.
        }

        throw AspireException.Malformed("the body is neither a JSON object nor a JSON array");
    }
}
