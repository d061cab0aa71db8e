using System.Text.Json;

namespace Farm.Server.Contracts.FlowServ.Endpoints;

/// <summary>The JSON object in the body of a request, in which every element must be known (Contracts/FlowServ/Contract.md section 1).</summary>
internal readonly struct RequestBody
{
    private readonly JsonElement _root;

    private RequestBody(JsonElement root) => _root = root;

    /// <summary>Reads a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="known">The elements that it may have.</param>
    /// <exception cref="FlowServException">It is no JSON object, or has another element: 400.</exception>
    public static Task<RequestBody> ReadAsync(HttpContext context, params string[] known) => ReadAsync(context, mayBeEmpty: false, known);

    /// <summary>Reads a body that may also be missing, which is the same as an object without elements.</summary>
    /// <exception cref="FlowServException">As for <see cref="ReadAsync(HttpContext, string[])"/>.</exception>
    public static Task<RequestBody> ReadOptionalAsync(HttpContext context, params string[] known) => ReadAsync(context, mayBeEmpty: true, known);

    /// <summary>A value as it is; null when it is absent or JSON's null.</summary>
    public JsonElement? Value(string name) =>
        _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A text that must be there; it may be empty.</summary>
    /// <exception cref="FlowServException">It is missing or no text: 400.</exception>
    public string Needed(string name) => Text(name) ?? throw FlowServException.Malformed($"missing element '{name}'");

    /// <summary>A text; null when it is absent.</summary>
    /// <exception cref="FlowServException">It is no text: 400.</exception>
    public string? Text(string name) => Value(name) is { } value ? AsText(value, name) : null;

    /// <summary>True or false; null when it is absent.</summary>
    /// <exception cref="FlowServException">It is neither: 400.</exception>
    public bool? Flag(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw FlowServException.Malformed($"invalid element '{name}'"),
    };

    /// <summary>The items of a list; null when it is absent.</summary>
    /// <exception cref="FlowServException">It is no list: 400.</exception>
    public IReadOnlyList<JsonElement>? List(string name) => Value(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        _ => throw FlowServException.Malformed($"invalid element '{name}'"),
    };

    /// <summary>A list of texts; null when it is absent.</summary>
    /// <exception cref="FlowServException">It is no list of texts: 400.</exception>
    public IReadOnlyList<string>? Texts(string name) => List(name) is { } list ? [.. list.Select(item => AsText(item, name))] : null;

    /// <summary>Takes a value for a text.</summary>
    /// <exception cref="FlowServException">It is none, or has half a surrogate pair: 400.</exception>
    public static string AsText(JsonElement value, string name)
    {
        try
        {
            if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Said below, as for a value that is no text.
        }

        throw FlowServException.Malformed($"invalid element '{name}'");
    }

    /// <summary>Refuses elements of an object that are not known.</summary>
    /// <exception cref="FlowServException">There is one, or this is no object: 400.</exception>
    public static void Close(JsonElement value, string what, params ReadOnlySpan<string> known)
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
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var root = Parse(mayBeEmpty && buffer.Length == 0 ? "{}"u8 : buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        Close(root, "the request body", known);
        return new RequestBody(root);
    }

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException)
        {
            throw FlowServException.Malformed("the request body is not JSON");
        }
    }
}
