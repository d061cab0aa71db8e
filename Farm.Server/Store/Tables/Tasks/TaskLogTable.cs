using System.Text;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// The logs of tasks. They are kept in the database and not in files, so that a log text that was acknowledged is on disk by the same commit
/// as everything else; the files that the contracts show are made from it when they are asked for.
/// </summary>
internal static class TaskLogTable
{
    /// <summary>Appends text; adds the line end that it lacks.</summary>
    public static void Append(SqliteSession db, long taskId, long? attemptId, string text)
    {
        if (text.Length == 0) return;
        if (!text.EndsWith('\n')) text += "\n";
        db.Execute("INSERT INTO task_logs (task_id, attempt_id, text) VALUES ($1, $2, $3)", taskId, attemptId, text);
    }

    /// <summary>The number of bytes, in UTF-8, of the whole log; 0 when there is none.</summary>
    public static long Size(SqliteSession db, long taskId) =>
        db.Number("SELECT coalesce(sum(octet_length(text)), 0) FROM task_logs WHERE task_id = $1", taskId);

    /// <summary>The end of the log, at most this many bytes of UTF-8 and never part of a character; null when there is no log.</summary>
    public static byte[]? Tail(SqliteSession db, long taskId, int bytes)
    {
        var chunks = new List<byte[]>();
        var size = 0;
        foreach (var text in Backwards(db, taskId))
        {
            chunks.Add(Encoding.UTF8.GetBytes(text));
            size += chunks[^1].Length;
            if (size >= bytes) break;
        }

        if (chunks.Count == 0) return null;
        chunks.Reverse();
        var whole = chunks.SelectMany(chunk => chunk).ToArray();
        var start = Math.Max(0, whole.Length - bytes);
        while (start < whole.Length && (whole[start] & 0xC0) == 0x80) start++;
        return whole[start..];
    }

    /// <summary>A part of the log in the order of writing: chunks after the one named, for reading a big log piece by piece.</summary>
    public static List<(long Id, string Text)> After(SqliteSession db, long taskId, long id, int count) => db.All(
        "SELECT id, text FROM task_logs WHERE task_id = $1 AND id > $2 ORDER BY id LIMIT $3",
        static row => (row.GetInt64(0), row.GetString(1)), taskId, id, count);

    private static IEnumerable<string> Backwards(SqliteSession db, long taskId)
    {
        var before = long.MaxValue;
        while (true)
        {
            var (id, text) = db.First(
                "SELECT id, text FROM task_logs WHERE task_id = $1 AND id < $2 ORDER BY id DESC LIMIT 1",
                static row => (row.GetInt64(0), row.GetString(1)), taskId, before);
            if (text is null) yield break;
            yield return text;
            before = id;
        }
    }
}
