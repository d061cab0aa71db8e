using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Store.Tables.Tasks;

/// <summary>Reads tasks as they are sent to workers.</summary>
internal static class AssignedTaskTable
{
    private const string Query =
        $"""
        SELECT t.attempt_id, t.uuid, j.uuid, t.name, s.priority, j.priority, j.type, s.task_type, {LongTextTable.Commands}, t.steps_completed, t.steps_total,
          {LongTextTable.SharedParameters}, {LongTextTable.BaseCommands}
        FROM tasks t JOIN jobs j ON j.id = t.job_id JOIN stages s ON s.id = t.stage_id JOIN command_lists c ON c.id = t.command_list_id
        """;

    private static readonly IdQuery ByTasksQuery = new($"{Query} WHERE t.id IN ids($1)");

    /// <summary>The task that a worker holds and may continue, or null.</summary>
    public static AssignedTask? HeldBy(StoreSession db, long workerId) =>
        db.First($"{Query} WHERE t.worker_id = $1 AND t.status = 3 AND j.status IN (1, 2) ORDER BY t.id LIMIT 1", Read, workerId);

    /// <summary>Tasks that were just handed out.</summary>
    public static List<AssignedTask> ByTasks(StoreSession db, IdSet taskIds) => db.All(ByTasksQuery.For(taskIds), Read, taskIds.Value);

    private static AssignedTask Read(StoreRow row) => new(
        row.GetInt64(0), row.Uuid(1), row.Uuid(2), row.GetString(3), row.GetInt32(4), row.GetInt32(5), row.GetString(6), row.GetString(7),
        CommandJson.MergeShared(CommandDelta.Apply(row.GetString(8), row.TextOrNull(12)), row.TextOrNull(11)), row.GetInt32(9), row.GetInt32(10));
}
