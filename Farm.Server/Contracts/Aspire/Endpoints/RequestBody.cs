using System.Text.Json;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>Reads JSON bodies, whatever the Content-Type (Contracts/Aspire/Contract.md section 2).</summary>
internal static class RequestBody
{
    /// <summary>Less than the default depth, as entries are nested in other JSON when stored and sent.</summary>
    private const int MaxDepth = 56;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a required object or list.</summary>
    /// <exception cref="AspireException">The body is missing or neither of them: 400.</exception>
    public static async Task<JsonElement> ReadAsync(HttpContext context) =>
        await ReadOptionalAsync(context) ?? throw AspireException.Malformed("a JSON body is required");

    /// <summary>Reads an object or list; null when the body is empty.</summary>
    /// <exception cref="AspireException">It is neither: 400; or it has half of a character pair: 406.</exception>
    public static async Task<JsonElement?> ReadOptionalAsync(HttpContext context) => Parse((await JsonBody.ReadAsync(context)).Span);

    /// <summary>Reads a required object.</summary>
    /// <exception cref="AspireException">It is a list: 406.</exception>
    public static async Task<JsonElement> ReadObjectAsync(HttpContext context) => await ReadAsync(context) is { ValueKind: JsonValueKind.Object } root
        ? root
        : throw AspireException.NotAcceptable("the body must be an object");

    /// <summary>The value of a key; null when it is missing or JSON null.</summary>
    public static JsonElement? Value(this JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A string; null when it is missing.</summary>
    /// <exception cref="AspireException">It is not a string: 406.</exception>
    public static string? Text(this JsonElement root, string name) => root.Value(name) switch
    {
        null => null,
        { } value => AsText(value) ?? throw AspireException.NotAcceptable($"\"{name}\" must be a string"),
    };

    /// <summary>A required string, not empty.</summary>
    /// <exception cref="AspireException">It is missing, empty or not a string: 406.</exception>
    public static string RequiredText(this JsonElement root, string name) => root.Text(name) is { Length: > 0 } text
        ? text
        : throw AspireException.NotAcceptable($"\"{name}\" must be a non-empty string");

    /// <summary>A string; null when it is not a string.</summary>
    public static string? AsText(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(ByteOrderMark)) json = json[ByteOrderMark.Length..];
        if (json.Trim(" \t\r\n"u8).IsEmpty) return null;
        try
        {
            if (JsonBody.Parse(json, Options) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } root) return root;
        }
        catch (HalfCharacterException half)
        {
            throw AspireException.NotAcceptable(half.Message);
        }
        catch (JsonException)
        {
            // Reported below, like JSON of another kind.
        }

        throw AspireException.Malformed("the body is neither a JSON object nor a JSON array");
    }
}
