using System.Text.Json;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Deadline.Endpoints;

/// <summary>The JSON object in a request body, whatever the Content-Type (Contracts/Deadline/Contract.md section 1.8).</summary>
internal readonly struct RequestBody(JsonElement root)
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The whole object.</summary>
    public JsonElement Root => root;

    /// <summary>Reads the body.</summary>
    /// <exception cref="DeadlineException">The body is missing or not a JSON object: 400.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context) => Parse((await JsonBody.ReadAsync(context)).Span);

    /// <summary>A string; null when it is missing, blank or not a string.</summary>
    public string? Text(string name) => root.TryGetProperty(name, out var value) ? AsText(value) : null;

    /// <summary>Any value; null when it is missing.</summary>
    public JsonElement? Value(string name) => root.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A trimmed string; null when it is blank or not a string.</summary>
    public static string? AsText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text ? text : null;

    private static RequestBody Parse(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(ByteOrderMark)) json = json[ByteOrderMark.Length..];
        if (json.Trim(" \t\r\n"u8).IsEmpty) throw DeadlineException.Malformed("No message body provided.");
        try
        {
            if (JsonBody.Parse(json) is { ValueKind: JsonValueKind.Object } root) return new RequestBody(root);
        }
        catch (JsonException)
        {
            // Reported below, like JSON of another kind.
        }

        throw DeadlineException.Malformed("The message body is not a JSON object.");
    }
}
