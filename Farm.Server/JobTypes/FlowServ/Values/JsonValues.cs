using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Farm.Server.JobTypes.FlowServ.Values;

/// <summary>Converts values to and from JSON. As in Python, a number with a decimal point or exponent is a float.</summary>
internal static class JsonValues
{
    /// <summary>Maximum number of digits of an integer, as in Python.</summary>
    private const int MostDigits = 4300;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a value. If a name is repeated, the last one wins.</summary>
    /// <exception cref="FormatException">A string contains an unpaired surrogate, or an integer is too long.</exception>
    public static PyValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => new PyBool(true),
        JsonValueKind.False => new PyBool(false),
        JsonValueKind.Number => Number(json.GetRawText()),
        JsonValueKind.String => new PyText(Text(json.GetString)),
        JsonValueKind.Array => new PyList([.. json.EnumerateArray().Select(Read)]),
        JsonValueKind.Object => Map(json),
        _ => PyValue.None,
    };

    /// <summary>Parses a value.</summary>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="FormatException">As for <see cref="Read"/>.</exception>
    public static PyValue Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    /// <summary>The value as JSON text. Infinities and NaN, which JSON does not support, become null.</summary>
    public static string Write(PyValue value)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Relaxed)) Write(writer, value);
        return System.Text.Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>The value as a node that serializes like <see cref="Write(PyValue)"/>: <c>2.0</c> stays <c>2.0</c>.</summary>
    public static JsonNode? ToNode(PyValue value) => JsonNode.Parse(Write(value));

    private static void Write(Utf8JsonWriter writer, PyValue value)
    {
        switch (value)
        {
            case PyBool flag:
                writer.WriteBooleanValue(flag.Value);
                break;
            case PyInt number:
                writer.WriteRawValue(number.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case PyFloat number when double.IsFinite(number.Value):
                writer.WriteRawValue(PythonText.Float(number.Value));
                break;
            case PyText text:
                writer.WriteStringValue(text.Value);
                break;
            case PyList list:
                writer.WriteStartArray();
                foreach (var item in list.Items) Write(writer, item);
                writer.WriteEndArray();
                break;
            case PyMap map:
                writer.WriteStartObject();
                foreach (var (name, entry) in map.Entries)
                {
                    writer.WritePropertyName(name);
                    Write(writer, entry);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }

    private static PyValue Number(string text) => text.AsSpan().ContainsAny('.', 'e', 'E')
        ? new PyFloat(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
        : text.Length > MostDigits + 1 ? throw new FormatException($"an integer has more than {MostDigits} digits")
        : new PyInt(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    private static PyMap Map(JsonElement json)
    {
        var entries = new OrderedDictionary<string, PyValue>();
        foreach (var property in json.EnumerateObject()) entries[Text(() => property.Name)] = Read(property.Value);
        return new PyMap([.. entries]);
    }

    private static string Text(Func<string?> read)
    {
        try
        {
            return read() ?? "";
        }
        catch (InvalidOperationException broken)
        {
            throw new FormatException("a text has half a surrogate pair", broken);
        }
    }
}
