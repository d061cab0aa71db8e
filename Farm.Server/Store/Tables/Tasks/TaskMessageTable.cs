using System.Text.Json;
using Dapper;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Reads and writes the messages of workers that are shown with a failed attempt.</summary>
internal static class TaskMessageTable
{
    /// <summary>Sets the messages of an attempt.</summary>
    public static void Set(StoreSession db, long taskId, long attemptId, IReadOnlyList<string> messages) => db.Connection.Execute(
        """
        INSERT INTO task_messages (attempt_id, task_id, messages) VALUES (@attemptId, @taskId, @text)
        ON CONFLICT (attempt_id) DO UPDATE SET messages = @text
        """,
        new { attemptId, taskId, text = Write(messages) });

    /// <summary>The messages of the newest failed attempt of a task; empty if there are none.</summary>
    public static IReadOnlyList<string> OfTask(StoreSession db, long task) => db.Connection.QueryFirstOrDefault<string>(
        """
        SELECT m.messages FROM attempts n LEFT JOIN task_messages m ON m.attempt_id = n.id
        WHERE n.task_id = @task AND n.outcome = 2 ORDER BY n.id DESC LIMIT 1
        """,
        new { task }) is { } messages ? Read(messages) : [];

    private static string Write(IReadOnlyList<string> messages)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var message in messages) writer.WriteStringValue(message);
            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static List<string> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(message => message.GetString()!)];
    }
}
