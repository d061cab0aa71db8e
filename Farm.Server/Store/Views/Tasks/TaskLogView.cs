using System.Text;
using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Views.Tasks;

/// <summary>The log of a task.</summary>
/// <param name="TaskId">The numeric id of the task.</param>
/// <param name="Job">Its job.</param>
/// <param name="Size">Size of the log in bytes; 0 if there is none.</param>
internal sealed record StoredTaskLog(long TaskId, Guid Job, long Size);

/// <summary>A piece of a log.</summary>
/// <param name="Id">Ascending in order of writing.</param>
/// <param name="Text">The text; no character is split between pieces.</param>
internal sealed record TaskLogPiece(long Id, string Text);

/// <summary>Reads task logs.</summary>
internal static class TaskLogView
{
    private const string Info =
        """
        SELECT t.id AS task_id, j.uuid AS job, (SELECT coalesce(sum(octet_length(l.text)), 0) FROM task_log_lines l WHERE l.task_id = t.id) AS size
        FROM tasks t JOIN jobs j ON j.id = t.job_id WHERE t.uuid = @uuid
        """;

    private const string Pieces = "SELECT id, text FROM task_log_lines WHERE task_id = @task AND id > @after ORDER BY id LIMIT @count";

    private const string Bytes = "SELECT coalesce(sum(octet_length(text)), 0) FROM task_log_lines WHERE task_id = @task";

    private const string Last = "SELECT id, text FROM task_log_lines WHERE task_id = @task AND id < @before ORDER BY id DESC LIMIT 50";

    /// <summary>The log of a task; null if the task does not exist.</summary>
    public static StoredTaskLog? Find(StoreSession db, Guid uuid) => db.Connection.QueryFirstOrDefault<StoredTaskLog>(Info, new { uuid });

    /// <summary>The end of a task's log, at most this many bytes, without a split character; null if there is no log.</summary>
    public static byte[]? Tail(StoreSession db, long task, int bytes)
    {
        var pieces = new List<byte[]>();
        var size = 0;
        foreach (var text in Backwards(db, task))
        {
            pieces.Add(Encoding.UTF8.GetBytes(text));
            size += pieces[^1].Length;
            if (size >= bytes) break;
        }

        if (pieces.Count == 0) return null;
        pieces.Reverse();
        var whole = pieces.SelectMany(piece => piece).ToArray();
        var start = Math.Max(0, whole.Length - bytes);
        while (start < whole.Length && (whole[start] & 0xC0) == 0x80) start++;
        return whole[start..];
    }

    /// <summary>Size of a task's log in bytes.</summary>
    public static long Size(StoreSession db, long task) => db.Connection.ExecuteScalar<long>(Bytes, new { task });

    /// <summary>Pieces of a task's log after an id, in order of writing; 0 starts at the first.</summary>
    public static List<TaskLogPiece> After(StoreSession db, long task, long after, int count) =>
        db.Connection.Query<TaskLogPiece>(Pieces, new { task, after, count }).AsList();

    private static IEnumerable<string> Backwards(StoreSession db, long task)
    {
        var before = long.MaxValue;
        while (db.Connection.Query<TaskLogPiece>(Last, new { task, before }).AsList() is [.., var first] pieces)
        {
            foreach (var piece in pieces) yield return piece.Text;
            before = first.Id;
        }
    }
}
