using System.Text.Json;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>The JSON object in a request body; unknown elements are errors (Contracts/FlowServ/Contract.md section 1).</summary>
internal readonly struct RequestBody
{
    private readonly JsonElement _root;

    private RequestBody(JsonElement root) => _root = root;

    /// <summary>Reads a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="known">The allowed elements.</param>
    /// <exception cref="FlowServException">It is not a JSON object or has an unknown element: 400.</exception>
    public static Task<RequestBody> ReadAsync(HttpContext context, params string[] known) => ReadAsync(context, mayBeEmpty: false, known);

    /// <summary>Reads an optional body; an empty one is like an empty object.</summary>
    /// <exception cref="FlowServException">As for <see cref="ReadAsync(HttpContext, string[])"/>.</exception>
    public static Task<RequestBody> ReadOptionalAsync(HttpContext context, params string[] known) => ReadAsync(context, mayBeEmpty: true, known);

    /// <summary>Any value; null when it is missing or JSON null.</summary>
    public JsonElement? Value(string name) =>
        _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A required string; may be empty.</summary>
    /// <exception cref="FlowServException">It is missing or not a string: 400.</exception>
    public string Required(string name) => Text(name) ?? throw FlowServException.Malformed($"missing element '{name}'");

    /// <summary>A string; null when it is missing.</summary>
    /// <exception cref="FlowServException">It is not a string: 400.</exception>
    public string? Text(string name) => Value(name) is { } value ? AsText(value, name) : null;

    /// <summary>A boolean; null when it is missing.</summary>
    /// <exception cref="FlowServException">It is not a boolean: 400.</exception>
    public bool? Flag(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw FlowServException.Malformed($"invalid element '{name}'"),
    };

    /// <summary>The items of a list; null when it is missing.</summary>
    /// <exception cref="FlowServException">It is not a list: 400.</exception>
    public IReadOnlyList<JsonElement>? List(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        _ => throw FlowServException.Malformed($"invalid element '{name}'"),
    };

    /// <summary>A list of strings; null when it is missing.</summary>
    /// <exception cref="FlowServException">It is not a list of strings: 400.</exception>
    public IReadOnlyList<string>? Texts(string name) => List(name) is { } list ? [.. list.Select(item => AsText(item, name))] : null;

    /// <summary>Reads a string.</summary>
    /// <exception cref="FlowServException">It is not a string: 400.</exception>
    public static string AsText(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw FlowServException.Malformed($"invalid element '{name}'");

    /// <summary>Rejects unknown elements of an object.</summary>
    /// <exception cref="FlowServException">It is not an object or has an unknown element: 400.</exception>
    public static void RejectUnknown(JsonElement value, string what, params ReadOnlySpan<string> known)
    {
        if (value.ValueKind != JsonValueKind.Object) throw FlowServException.Malformed($"{what} is not a JSON object");
        foreach (var property in value.EnumerateObject())
        {
            var isKnown = false;
            foreach (var name in known) isKnown |= property.NameEquals(name);
            if (!isKnown) throw FlowServException.Malformed($"unknown element '{JsonEncodedText.Encode(property.Name)}'");
        }
    }

    private static async Task<RequestBody> ReadAsync(HttpContext context, bool mayBeEmpty, string[] known)
    {
        var body = await JsonBody.ReadAsync(context);
        var root = Parse(mayBeEmpty && body.IsEmpty ? "{}"u8 : body.Span);
        RejectUnknown(root, "the request body", known);
        return new RequestBody(root);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonBody.Parse(json);
        }
        catch (JsonException)
        {
            throw FlowServException.Malformed("the request body is not JSON");
        }
    }
}
