using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Writes task logs. They are in the database, so that log text is committed together with the change that it belongs to; protocols that
/// show log files generate them on request.
/// </summary>
internal static class TaskLogTable
{
    /// <summary>Appends text; adds a missing newline at the end.</summary>
    public static void Append(SqliteSession db, long taskId, long? attemptId, string text)
    {
        if (text.Length == 0) return;
        if (!text.EndsWith('\n')) text += "\n";
        db.Execute("INSERT INTO task_logs (task_id, attempt_id, text) VALUES ($1, $2, $3)", taskId, attemptId, text);
    }
}
