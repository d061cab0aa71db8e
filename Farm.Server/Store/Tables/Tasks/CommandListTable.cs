using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>
/// Reads the commands of tasks. Tasks of a job with equal commands share one row; long commands that mostly repeat another row are stored as their
/// difference from it (<see cref="CommandDelta"/>).
/// </summary>
internal static class CommandListTable
{
    /// <summary>Whether the commands of a task contain a text.</summary>
    public static bool Contains(StoreSession db, long task, string text) => db.First(
        $"SELECT {LongTextTable.Commands}, {LongTextTable.BaseCommands} FROM tasks t JOIN command_lists c ON c.id = t.command_list_id WHERE t.id = $1",
        static row => CommandDelta.Apply(row.GetString(0), row.TextOrNull(1)), task)?.Contains(text, StringComparison.Ordinal) ?? false;
}
