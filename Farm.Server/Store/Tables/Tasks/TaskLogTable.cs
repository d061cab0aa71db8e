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
}
