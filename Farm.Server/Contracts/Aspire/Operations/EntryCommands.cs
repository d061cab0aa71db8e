using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>An entry that is pushed to a seed.</summary>
/// <param name="Url">Its URL.</param>
/// <param name="Action">What to do; the farm does not interpret it.</param>
/// <param name="ItemType">Its item type.</param>
/// <param name="Metadata">A JSON object for the worker.</param>
internal sealed record NewEntry(string Url, string Action, string ItemType, JsonElement Metadata);

/// <summary>An entry that was sent to a worker.</summary>
/// <param name="Id">Its <see cref="TimestampId"/> as text.</param>
/// <param name="Url">Its URL.</param>
/// <param name="Action">What to do.</param>
/// <param name="ItemType">Its item type.</param>
/// <param name="Timestamp">When it was pushed, in unix milliseconds.</param>
/// <param name="Metadata">The pushed JSON object.</param>
/// <param name="Retries">How often it failed or was lost with its worker.</param>
internal sealed record SentEntry(string Id, string Url, string Action, string ItemType, long Timestamp, JsonElement Metadata, int Retries);

/// <summary>Stores an entry as the only command of its task.</summary>
internal static class EntryCommands
{
    private const int MaxNameLength = 200;

    /// <summary>The name of the task.</summary>
    public static string Name(NewEntry entry) => entry.Url.Length <= MaxNameLength ? entry.Url : string.Concat(entry.Url.AsSpan(0, MaxNameLength), "…");

    /// <summary>The commands of the task.</summary>
    public static string Json(string taskType, long id, NewEntry entry, long now)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("name"u8, taskType);
            writer.WriteStartObject("parameters"u8);
            writer.WriteString("url"u8, entry.Url);
            writer.WriteString("action"u8, entry.Action);
            writer.WriteString("type"u8, entry.ItemType);
            writer.WriteString("id"u8, TimestampId.Text(id));
            writer.WriteNumber("timestamp"u8, now);
            writer.WritePropertyName("metadata"u8);
            entry.Metadata.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteNumber("total_step_count"u8, 1);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>The size of what an entry brings along, in bytes.</summary>
    public static long Bytes(NewEntry entry) =>
        Encoding.UTF8.GetByteCount(entry.Url) + Encoding.UTF8.GetByteCount(entry.Action) + Encoding.UTF8.GetByteCount(entry.ItemType)
        + JsonMarshal.GetRawUtf8Value(entry.Metadata).Length;

    /// <summary>Reads an entry from the commands of its task.</summary>
    public static SentEntry Parse(string commands, int retries)
    {
        var entry = JsonElement.Parse(commands)[0].GetProperty("parameters"u8);
        return new SentEntry(
            Text(entry, "id"u8), Text(entry, "url"u8), Text(entry, "action"u8), Text(entry, "type"u8), entry.GetProperty("timestamp"u8).GetInt64(),
            entry.GetProperty("metadata"u8), retries);
    }

    private static string Text(JsonElement entry, ReadOnlySpan<byte> name) => entry.GetProperty(name).GetString()!;
}
