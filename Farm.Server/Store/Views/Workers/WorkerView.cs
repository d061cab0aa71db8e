using Dapper;
using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views.Tasks;

namespace Farm.Server.Store.Views.Workers;

/// <summary>
/// Workers with their task types, tags and tasks, without removed workers. The number of queries does not depend on the number of workers.
/// </summary>
internal static class WorkerView
{
    private const string Types =
        """
        SELECT worker_id, task_type FROM worker_task_types WHERE worker_id IN (SELECT value FROM json_each(@workers)) ORDER BY worker_id, task_type
        """;

    private const string Tags =
        """
        SELECT wt.worker_id, g.uuid, g.name, g.description FROM worker_tags wt JOIN tags g ON g.id = wt.tag_id
        WHERE wt.worker_id IN (SELECT value FROM json_each(@workers)) ORDER BY wt.worker_id, lower(g.name), g.id
        """;

    /// <summary>If a worker holds several tasks, the one that it would be handed again.</summary>
    private const string Tasks =
        $"""
        SELECT asked.worker AS of_worker, {TaskRow.Columns} FROM (
          SELECT e.value AS worker, coalesce(
            (SELECT held.id FROM tasks held INDEXED BY tasks_active WHERE held.worker_id = e.value AND held.status = 3 ORDER BY held.id LIMIT 1),
            (SELECT a.task_id FROM attempts a JOIN tasks had ON had.id = a.task_id WHERE a.worker_id = e.value ORDER BY a.id DESC LIMIT 1)) AS task
          FROM json_each(@workers) e) asked
        JOIN tasks t ON t.id = asked.task {TaskRow.Joins}
        """;

    /// <summary>All workers in order of registration, without task types, tags and tasks.</summary>
    public static List<FarmWorker> All(StoreSession db) => WorkerTable.All(db);

    /// <summary>All workers, in order of registration.</summary>
    public static List<WorkerRow> AllRows(StoreSession db) => Complete(db, WorkerTable.All(db));

    /// <summary>The worker with this UUID, or null.</summary>
    public static WorkerRow? Find(StoreSession db, Guid uuid) => WorkerTable.ByUuid(db, uuid) is { } worker ? Complete(db, [worker])[0] : null;

    /// <summary>Adds task types, tags and tasks to workers, keeping their order.</summary>
    public static List<WorkerRow> Complete(StoreSession db, List<FarmWorker> workers)
    {
        var ids = new { workers = IdList.Json(workers.Select(worker => worker.Id)) };
        var types = db.Connection.Query<SupportedType>(Types, ids).ToLookup(type => type.WorkerId, type => type.TaskType);
        var tags = db.Connection.Query<AssignedTag>(Tags, ids).ToLookup(tag => tag.WorkerId, tag => new WorkerTag(tag.Uuid, tag.Name, tag.Description));
        var tasks = db.Connection.Query<LatestTask>(Tasks, ids).ToDictionary(task => task.OfWorker);
        return workers.ConvertAll(worker => new WorkerRow(
            worker, [.. types[worker.Id]], [.. tags[worker.Id]], tasks.GetValueOrDefault(worker.Id)));
    }

    private sealed record SupportedType(long WorkerId, string TaskType);

    private sealed record AssignedTag(long WorkerId, Guid Uuid, string Name, string Description);

    private sealed record LatestTask : TaskRow
    {
        public required long OfWorker { get; init; }
    }
}
