using System.Text;
using Dapper;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Views.Tasks;

/// <summary>Where the log of a task is found.</summary>
/// <param name="TaskId">The task, as the store knows it.</param>
/// <param name="Job">Its job.</param>
/// <param name="Size">The bytes of the log; 0 when there is none.</param>
internal sealed record TaskLogPlace(long TaskId, Guid Job, long Size);

/// <summary>A piece of a log.</summary>
/// <param name="Id">Pieces are numbered in the order of writing.</param>
/// <param name="Text">Whole characters.</param>
internal sealed record TaskLogPiece(long Id, string Text);

/// <summary>The logs of tasks.</summary>
internal static class TaskLogView
{
    private const string Place =
        """
        SELECT t.id AS task_id, j.uuid AS job, (SELECT coalesce(sum(octet_length(l.text)), 0) FROM task_log_lines l WHERE l.task_id = t.id) AS size
        FROM tasks t JOIN jobs j ON j.id = t.job_id WHERE t.uuid = @uuid
        """;

    private const string Pieces = "SELECT id, text FROM task_log_lines WHERE task_id = @task AND id > @after ORDER BY id LIMIT @count";

    private const string Bytes = "SELECT coalesce(sum(octet_length(text)), 0) FROM task_log_lines WHERE task_id = @task";

    private const string Last = "SELECT id, text FROM task_log_lines WHERE task_id = @task AND id < @before ORDER BY id DESC LIMIT 50";

    /// <summary>Where the log of a task is; null when there is no such task.</summary>
    public static TaskLogPlace? Find(SqliteSession db, Guid uuid) => db.Connection.QueryFirstOrDefault<TaskLogPlace>(Place, new { uuid });

    /// <summary>The end of the log of a task, whole characters, at most this many bytes; null when there is no log.</summary>
    public static byte[]? Tail(SqliteSession db, long task, int bytes)
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

    /// <summary>How many bytes the log of a task has.</summary>
    public static long Size(SqliteSession db, long task) => db.Connection.ExecuteScalar<long>(Bytes, new { task });

    /// <summary>Pieces of the log of a task in the order of writing, those after an id; 0 is before the first.</summary>
    public static List<TaskLogPiece> After(SqliteSession db, long task, long after, int count) =>
        db.Connection.Query<TaskLogPiece>(Pieces, new { task, after, count }).AsList();

    private static IEnumerable<string> Backwards(SqliteSession db, long task)
    {
        var before = long.MaxValue;
        while (db.Connection.Query<TaskLogPiece>(Last, new { task, before }).AsList() is [.., var first] pieces)
        {
            foreach (var piece in pieces) yield return piece.Text;
            before = first.Id;
        }
    }
}
