using System.Text.Json;
using System.Text.Json.Serialization;
using Farm.Server.Worker.Protocol;

namespace Farm.Server.Worker.Updates;

/// <summary>An update that was not sent yet.</summary>
/// <param name="Number">Its sequence number.</param>
internal sealed record UnsentUpdate(long Number, string Task, TaskUpdate Update)
{
    public TaskReference Reference => new(Task, Update.Attempt);
}

/// <summary>A line of the journal: an unsent update, or the number of one that is settled.</summary>
internal sealed record JournalLine(UnsentUpdate? Kept, long? Settled);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JournalLine))]
internal sealed partial class JournalJson : JsonSerializerContext;

/// <summary>
/// The unsent updates on disk: an append-only file with one JSON object per line, truncated when all are sent. An update is on disk when
/// <see cref="Keep"/> returns. A line that a crash truncated is ignored.
/// </summary>
internal sealed class UpdateJournal : IDisposable
{
    private readonly FileStream _file;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public UpdateJournal(string path)
    {
        _file = PrivateFile.Open(path, FileShare.Read);
        Unsettled = Load();
    }

    /// <summary>The unsent updates of an earlier run, oldest first.</summary>
    public IReadOnlyList<UnsentUpdate> Unsettled { get; }

    public long Length => _file.Length;

    /// <exception cref="IOException">Writing failed.</exception>
    public void Keep(UnsentUpdate update) => Append(new JournalLine(update, null), durable: true);

    // Not flushed to disk: after a crash, an update is at most sent twice.
    public void Settle(long number) => Append(new JournalLine(null, number), durable: false);

    public void Clear() => _file.SetLength(0);

    public void Dispose() => _file.Dispose();

    private void Append(JournalLine line, bool durable)
    {
        var start = _file.Length;
        try
        {
            _file.Seek(0, SeekOrigin.End);
            _file.Write(JsonSerializer.SerializeToUtf8Bytes(line, JournalJson.Default.JournalLine));
            _file.Write("\n"u8);
            _file.Flush(durable);
        }
        catch (IOException)
        {
            // On a full disk, a partial line is removed.
            _file.SetLength(start);
            throw;
        }
    }

    private List<UnsentUpdate> Load()
    {
        var kept = new SortedDictionary<long, UnsentUpdate>();
        using var reader = new StreamReader(_file, leaveOpen: true);
        while (reader.ReadLine() is { } text)
        {
            JournalLine? line = null;
            try
            {
                line = JsonSerializer.Deserialize(text, JournalJson.Default.JournalLine);
            }
            catch (JsonException)
            {
                continue;
            }
            if (line?.Kept is { } update) kept[update.Number] = update;
            if (line?.Settled is { } number) kept.Remove(number);
        }
        if (kept.Count == 0) _file.SetLength(0);
        else EndLastLine();
        return [.. kept.Values];
    }

    private void EndLastLine()
    {
        _file.Seek(-1, SeekOrigin.End);
        if (_file.ReadByte() != '\n') _file.Write("\n"u8);
    }
}
