using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Flamenco.Messages;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>
/// The JSON body of a request, read in the order of Contracts/Flamenco/Contract.md section 1.3: it is there, it says that it is JSON, it is JSON, and each
/// property has the type that the operation asks for. A refusal names the property. Unknown properties are ignored.
/// </summary>
internal sealed class RequestBody
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    private readonly JsonElement _root;
    private readonly string _path;

    private RequestBody(JsonElement root, string path)
    {
        _root = root;
        _path = path;
    }

    /// <summary>Reads the body of a request.</summary>
    /// <exception cref="FlamencoException">There is none, or it is not a JSON object.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context)
    {
        var root = await ReadJsonAsync(context);
        return root.ValueKind == JsonValueKind.Object
            ? new RequestBody(root, "")
            : throw FlamencoException.Malformed("the request body must be a JSON object");
    }

    /// <summary>Reads a body that is a list of objects.</summary>
    /// <exception cref="FlamencoException">There is none, or it is not such a list.</exception>
    public static async Task<IReadOnlyList<RequestBody>> ReadListAsync(HttpContext context)
    {
        var root = await ReadJsonAsync(context);
        if (root.ValueKind != JsonValueKind.Array) throw FlamencoException.Malformed("the request body must be a JSON array");
        return
        [
            .. root.EnumerateArray().Select((entry, index) => entry.ValueKind == JsonValueKind.Object
                ? new RequestBody(entry, $"[{index}].")
                : throw FlamencoException.Malformed($"entry {index} of the list must be an object")),
        ];
    }

    /// <summary>Everything that was sent.</summary>
    /// <exception cref="FlamencoException">A text of it is not Unicode.</exception>
    public JsonObject Whole() => AsObject("", _root);

    /// <summary>A text that must be there.</summary>
    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    /// <summary>A text, or null when it is left out.</summary>
    public string? OptionalText(string name) =>
        Find(name) is { } value ? AsText(value) ?? throw Wrong(name, "a string") : null;

    /// <summary>A text that people read in lists and logs, so it has at least one character and no control characters.</summary>
    public string Name(string name)
    {
        var text = Text(name);
        if (string.IsNullOrWhiteSpace(text)) throw Wrong(name, "a string that is not empty");
        return text.Any(char.IsControl) ? throw Wrong(name, "a string without control characters") : text;
    }

    /// <summary>A list of texts that must be there.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var value = Find(name) ?? throw Missing(name);
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "an array of strings");
        return [.. value.EnumerateArray().Select((entry, index) => AsText(entry) ?? throw Wrong($"{name}[{index}]", "a string"))];
    }

    /// <summary>A UUID that must be there.</summary>
    public Guid Uuid(string name) => OptionalUuid(name) ?? throw Missing(name);

    /// <summary>A UUID, or null when it is left out.</summary>
    public Guid? OptionalUuid(string name) =>
        OptionalText(name) is { } text ? Guid.TryParseExact(text, "D", out var id) ? id : throw Wrong(name, "a UUID") : null;

    /// <summary>A list of UUIDs that must be there.</summary>
    public IReadOnlyList<Guid> Uuids(string name) =>
        [.. Texts(name).Select((text, index) => Guid.TryParseExact(text, "D", out var id) ? id : throw Wrong($"{name}[{index}]", "a UUID"))];

    /// <summary>A time that must be there, in unix milliseconds, rounded up to a second.</summary>
    public long Time(string name) => Rfc3339.TryParseRoundedUp(Text(name), out var milliseconds)
        ? milliseconds
        : throw Wrong(name, "a time with a zone, like 2025-01-02T10:00:00Z");

    /// <summary>A whole number, or null when it is left out.</summary>
    public int? OptionalInteger(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "an integer of 32 bits")
        : null;

    /// <summary>A whole number, or null when it is left out or null.</summary>
    public int? IntegerOrNull(string name) => Find(name) is { ValueKind: JsonValueKind.Null } ? null : OptionalInteger(name);

    /// <summary>A whole number that must be there, within bounds.</summary>
    public int Integer(string name, int least, int most)
    {
        var number = OptionalInteger(name) ?? throw Missing(name);
        return number >= least && number <= most ? number : throw Wrong(name, $"an integer from {least} to {most}");
    }

    /// <summary>A number of bytes that must be there.</summary>
    public long Bytes(string name)
    {
        var value = Find(name) ?? throw Missing(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0
            ? number
            : throw Wrong(name, "an integer of 0 or more");
    }

    /// <summary>Yes or no that must be there.</summary>
    public bool Flag(string name) => OptionalFlag(name) ?? throw Missing(name);

    /// <summary>Yes or no, or null when it is left out.</summary>
    public bool? OptionalFlag(string name) => Find(name) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false")
        : null;

    /// <summary>One of a set of words, or null when it is left out.</summary>
    public T? OptionalWord<T>(string name, Parser<T> parse)
        where T : struct => OptionalText(name) is { } text
            ? parse(text, out var word) ? word : throw Wrong(name, $"one of the words that the protocol knows, not \"{text}\"")
            : null;

    /// <summary>One of a set of words that must be there.</summary>
    public T Word<T>(string name, Parser<T> parse)
        where T : struct => OptionalWord(name, parse) ?? throw Missing(name);

    /// <summary>An object of any content, or null when it is left out.</summary>
    public JsonObject? OptionalObject(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Object ? AsObject(name, value) : throw Wrong(name, "an object")
        : null;

    /// <summary>An object whose properties are read in the same way, or null when it is left out.</summary>
    public RequestBody? OptionalPart(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Object ? new RequestBody(value, $"{_path}{name}.") : throw Wrong(name, "an object")
        : null;

    /// <summary>An object whose properties are read in the same way, which must be there.</summary>
    public RequestBody Part(string name) => OptionalPart(name) ?? throw Missing(name);

    /// <summary>A list, which must be there, of objects whose properties are read in the same way.</summary>
    public IEnumerable<RequestBody> Parts(string name)
    {
        var value = Find(name) ?? throw Missing(name);
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "an array of objects");
        return value.EnumerateArray().Select((entry, index) => entry.ValueKind == JsonValueKind.Object
            ? new RequestBody(entry, $"{_path}{name}[{index}].")
            : throw Wrong($"{name}[{index}]", "an object"));
    }

    /// <summary>An object of texts by name, or null when it is left out.</summary>
    public IReadOnlyDictionary<string, string>? OptionalDictionary(string name) => OptionalPart(name) is { } part
        ? part._root.EnumerateObject().ToDictionary(entry => entry.Name, entry => part.Text(entry.Name))
        : null;

    /// <summary>Finds the value for a word.</summary>
    public delegate bool Parser<T>(string text, out T value);

    private static async Task<JsonElement> ReadJsonAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        if (buffer.Length == 0) throw FlamencoException.Malformed("the request body is missing");
        if (!IsJson(context.Request.ContentType))
            throw FlamencoException.Malformed($"the Content-Type must be application/json, not \"{context.Request.ContentType}\"");
        return Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static bool IsJson(string? contentType) =>
        (contentType ?? "").Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json, Options);
        }
        catch (JsonException error)
        {
            throw FlamencoException.Malformed($"the request body is not JSON: {error.Message}");
        }
    }

    private JsonElement? Find(string name) => _root.TryGetProperty(name, out var value) ? value : null;

    /// <summary>Null for what is not a text, and for one with half a surrogate pair or bytes that are not UTF-8.</summary>
    private static string? AsText(JsonElement value)
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

    private JsonObject AsObject(string name, JsonElement value)
    {
        try
        {
            CheckTexts(value);
            return JsonObject.Create(value)!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "an object whose strings are Unicode");
        }
    }

    private static void CheckTexts(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) _ = value.GetString();
        else if (value.ValueKind == JsonValueKind.Array) foreach (var entry in value.EnumerateArray()) CheckTexts(entry);
        else if (value.ValueKind == JsonValueKind.Object) foreach (var entry in value.EnumerateObject()) CheckEntry(entry);
    }

    private static void CheckEntry(JsonProperty entry)
    {
        _ = entry.Name;
        CheckTexts(entry.Value);
    }

    private FlamencoException Missing(string name) => FlamencoException.Malformed($"property \"{_path}{name}\" is missing");

    private FlamencoException Wrong(string name, string wanted) => FlamencoException.Malformed($"property \"{_path}{name}\" must be {wanted}");
}
