using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Reads the commands of tasks. Tasks of a job with equal commands share one row; long commands that mostly repeat another row are stored as their
/// difference from it (<see cref="CommandDelta"/>).
/// </summary>
internal static class CommandListTable
{
    /// <summary>The commands from which those of a list <c>c</c> are the difference; null if they are whole. For <see cref="CommandDelta.Apply"/>.</summary>
    public const string Base = "(SELECT b.commands FROM command_lists b WHERE b.id = c.base_id)";

    /// <summary>Whether the commands of a task contain a text.</summary>
    public static bool Contains(StoreSession db, long task, string text) => db.First(
        $"SELECT c.commands, {Base} FROM tasks t JOIN command_lists c ON c.id = t.command_list_id WHERE t.id = $1",
        static row => CommandDelta.Apply(row.GetString(0), row.TextOrNull(1)), task)?.Contains(text, StringComparison.Ordinal) ?? false;
}
