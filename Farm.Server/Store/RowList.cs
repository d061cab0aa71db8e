using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Farm.Server.Store;

/// <summary>
/// Passes rows of several columns as one parameter, so that the query text does not depend on their number:
/// <c>SELECT CAST(value ->> 0 AS BIGINT) AS id, value ->> 1 AS name FROM json_each($1, '$')</c>. Texts must not contain U+0000, which PostgreSQL
/// cannot store.
/// </summary>
internal static class RowList
{
    /// <summary>Rows as a JSON array of arrays.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="write">Writes the columns of a row.</param>
    public static string Json<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text);
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartArray();
            write(json, row);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.Flush();
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>Writes a number or null.</summary>
    public static void Number(this Utf8JsonWriter json, long? value)
    {
        if (value is { } number) json.WriteNumberValue(number);
        else json.WriteNullValue();
    }

    /// <summary>Writes bytes as a text for <c>unhex</c>, or null.</summary>
    public static void Bytes(this Utf8JsonWriter json, byte[]? value)
    {
        if (value is null) json.WriteNullValue();
        else json.WriteStringValue(Convert.ToHexString(value));
    }
}
