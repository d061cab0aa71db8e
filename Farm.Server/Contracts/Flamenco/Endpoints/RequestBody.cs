using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>
/// The JSON body of a request, checked in the order of Contracts/Flamenco/Contract.md section 1.3: present, JSON by its Content-Type, valid JSON, and
/// properties of the expected types. Errors name the property. Unknown properties are ignored.
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
    /// <exception cref="FlamencoException">The body is missing or not a JSON object.</exception>
    public static async Task<RequestBody> ReadAsync(HttpContext context)
    {
        var root = await ReadJsonAsync(context);
        return root.ValueKind == JsonValueKind.Object
            ? new RequestBody(root, "")
            : throw FlamencoException.Malformed("the request body must be a JSON object");
    }

    /// <summary>Reads a body that is a list of objects.</summary>
    /// <exception cref="FlamencoException">The body is missing or not such a list.</exception>
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

    /// <summary>The whole body.</summary>
    public JsonObject ToJsonObject() => JsonObject.Create(_root)!;

    /// <summary>A required string.</summary>
    public string Text(string name) => OptionalText(name) ?? throw Missing(name);

    /// <summary>A string; null when it is missing.</summary>
    public string? OptionalText(string name) =>
        Find(name) is { } value ? AsText(value) ?? throw Wrong(name, "a string") : null;

    /// <summary>A required name to show in lists and logs: not blank, no control characters.</summary>
    public string Name(string name)
    {
        var text = Text(name);
        if (string.IsNullOrWhiteSpace(text)) throw Wrong(name, "a non-empty string");
        return text.Any(char.IsControl) ? throw Wrong(name, "a string without control characters") : text;
    }

    /// <summary>A required list of strings.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        var value = Find(name) ?? throw Missing(name);
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "an array of strings");
        return [.. value.EnumerateArray().Select((entry, index) => AsText(entry) ?? throw Wrong($"{name}[{index}]", "a string"))];
    }

    /// <summary>A required UUID.</summary>
    public Guid Uuid(string name) => OptionalUuid(name) ?? throw Missing(name);

    /// <summary>A UUID; null when it is missing.</summary>
    public Guid? OptionalUuid(string name) =>
        OptionalText(name) is { } text ? Guid.TryParseExact(text, "D", out var id) ? id : throw Wrong(name, "a UUID") : null;

    /// <summary>A required list of UUIDs.</summary>
    public IReadOnlyList<Guid> Uuids(string name) =>
        [.. Texts(name).Select((text, index) => Guid.TryParseExact(text, "D", out var id) ? id : throw Wrong($"{name}[{index}]", "a UUID"))];

    /// <summary>A required time in unix milliseconds, rounded up to a second.</summary>
    public long Time(string name) => Rfc3339.TryParseRoundedUp(Text(name), out var milliseconds)
        ? milliseconds
        : throw Wrong(name, "a time with a zone, like 2025-01-02T10:00:00Z");

    /// <summary>A whole number; null when it is missing.</summary>
    public int? OptionalInteger(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name, "a 32-bit integer")
        : null;

    /// <summary>A whole number of 0 or more; null when it is missing.</summary>
    public long? OptionalNumber(string name) => Find(name) is null ? null : Bytes(name);

    /// <summary>A whole number; null when it is missing or JSON null.</summary>
    public int? IntegerOrNull(string name) => Find(name) is { ValueKind: JsonValueKind.Null } ? null : OptionalInteger(name);

    /// <summary>A required whole number within bounds.</summary>
    public int Integer(string name, int min, int max)
    {
        var number = OptionalInteger(name) ?? throw Missing(name);
        return number >= min && number <= max ? number : throw Wrong(name, $"an integer from {min} to {max}");
    }

    /// <summary>A required number of bytes.</summary>
    public long Bytes(string name)
    {
        var value = Find(name) ?? throw Missing(name);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0
            ? number
            : throw Wrong(name, "an integer of 0 or more");
    }

    /// <summary>A required boolean.</summary>
    public bool Flag(string name) => OptionalFlag(name) ?? throw Missing(name);

    /// <summary>A boolean; null when it is missing.</summary>
    public bool? OptionalFlag(string name) => Find(name) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false")
        : null;

    /// <summary>One of the names of an enum; null when it is missing.</summary>
    public T? OptionalEnum<T>(string name, Parser<T> parse)
        where T : struct => OptionalText(name) is { } text
            ? parse(text, out var word) ? word : throw Wrong(name, $"a value that the protocol defines, not \"{text}\"")
            : null;

    /// <summary>A required name of an enum value.</summary>
    public T Enum<T>(string name, Parser<T> parse)
        where T : struct => OptionalEnum(name, parse) ?? throw Missing(name);

    /// <summary>An object with any properties; null when it is missing.</summary>
    public JsonObject? OptionalObject(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Object ? JsonObject.Create(value) : throw Wrong(name, "an object")
        : null;

    /// <summary>A nested object; null when it is missing.</summary>
    public RequestBody? OptionalPart(string name) => Find(name) is { } value
        ? value.ValueKind == JsonValueKind.Object ? new RequestBody(value, $"{_path}{name}.") : throw Wrong(name, "an object")
        : null;

    /// <summary>A required nested object.</summary>
    public RequestBody Part(string name) => OptionalPart(name) ?? throw Missing(name);

    /// <summary>A required list of nested objects.</summary>
    public IEnumerable<RequestBody> Parts(string name)
    {
        var value = Find(name) ?? throw Missing(name);
        if (value.ValueKind != JsonValueKind.Array) throw Wrong(name, "an array of objects");
        return value.EnumerateArray().Select((entry, index) => entry.ValueKind == JsonValueKind.Object
            ? new RequestBody(entry, $"{_path}{name}[{index}].")
            : throw Wrong($"{name}[{index}]", "an object"));
    }

    /// <summary>An object whose values are strings; null when it is missing.</summary>
    public IReadOnlyDictionary<string, string>? OptionalDictionary(string name) => OptionalPart(name) is { } part
        ? part._root.EnumerateObject().ToDictionary(entry => entry.Name, entry => part.Text(entry.Name))
        : null;

    /// <summary>Finds the enum value for a name.</summary>
    public delegate bool Parser<T>(string text, out T value);

    private static async Task<JsonElement> ReadJsonAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context);
        if (body.IsEmpty) throw FlamencoException.Malformed("the request body is missing");
        if (!IsJson(context.Request.ContentType))
            throw FlamencoException.Malformed($"the Content-Type must be application/json, not \"{context.Request.ContentType}\"");
        return Parse(body.Span);
    }

    private static bool IsJson(string? contentType) =>
        (contentType ?? "").Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonBody.Parse(json, Options);
        }
        catch (JsonException error)
        {
            throw FlamencoException.Malformed($"the request body is not JSON: {error.Message}");
        }
    }

    private JsonElement? Find(string name) => _root.TryGetProperty(name, out var value) ? value : null;

    private static string? AsText(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private FlamencoException Missing(string name) => FlamencoException.Malformed($"property \"{_path}{name}\" is missing");

    private FlamencoException Wrong(string name, string wanted) => FlamencoException.Malformed($"property \"{_path}{name}\" must be {wanted}");
}
