using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Reads the commands of tasks.</summary>
internal static class CommandListTable
{
    /// <summary>Whether the commands of a task contain a text.</summary>
    public static bool Contains(StoreSession db, long task, string text) => db.Connection.ExecuteScalar<long>(
        "SELECT instr(c.commands, @text) FROM tasks t JOIN command_lists c ON c.id = t.command_list_id WHERE t.id = @task", new { task, text }) > 0;
}
