using Farm.Server.Domain.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Reading;

/// <summary>A tag by which jobs and workers find each other.</summary>
/// <param name="Uuid">The id that clients see.</param>
/// <param name="Name">The name for people; unique.</param>
/// <param name="Description">What it is for; may be empty.</param>
internal sealed record WorkerTag(Guid Uuid, string Name, string Description);

/// <summary>Everything about a worker.</summary>
/// <param name="Worker">The worker itself.</param>
/// <param name="TaskTypes">The types of tasks that it supports.</param>
/// <param name="Tags">The tags that it bears.</param>
/// <param name="Task">The task that it has, or had last; null when none.</param>
/// <param name="TaskJob">The job of that task.</param>
internal sealed record WorkerDetails(
    FarmWorker Worker, IReadOnlyList<string> TaskTypes, IReadOnlyList<WorkerTag> Tags, TaskSummary? Task, Guid? TaskJob);

/// <summary>Reads workers for those who look at them.</summary>
internal sealed class WorkerQueries(FarmStore store)
{
    /// <summary>All workers that were not removed, in the order of their registration.</summary>
    public List<FarmWorker> All() => store.Read(WorkerTable.All);

    /// <summary>The worker with this UUID, or null.</summary>
    public WorkerDetails? Find(Guid uuid) => store.Read(db => WorkerTable.ByUuid(db, uuid) is { } worker ? Details(db, worker) : null);

    /// <summary>Everything about all workers that were not removed, in the order of their registration.</summary>
    public List<WorkerDetails> AllDetails() => store.Read(db => WorkerTable.All(db).ConvertAll(worker => Details(db, worker)));

    /// <summary>All tags, by name.</summary>
    public List<WorkerTag> Tags() => store.Read(db => db.All(
        "SELECT uuid, name, description FROM tags ORDER BY name",
        static row => new WorkerTag(row.Uuid(0), row.GetString(1), row.GetString(2))));

    /// <summary>The tag with this UUID, or null.</summary>
    public WorkerTag? Tag(Guid uuid) => store.Read(db => db.First(
        "SELECT uuid, name, description FROM tags WHERE uuid = $1",
        static row => new WorkerTag(row.Uuid(0), row.GetString(1), row.GetString(2)), uuid));

    private static WorkerDetails Details(SqliteSession db, FarmWorker worker)
    {
        var task = TaskQueries.OfWorker(db, worker.Id);
        return new WorkerDetails(worker, WorkerTable.TaskTypes(db, worker.Id), TagsOf(db, worker.Id), task?.Task, task?.Job);
    }

    private static List<WorkerTag> TagsOf(SqliteSession db, long workerId) => db.All(
        "SELECT g.uuid, g.name, g.description FROM worker_tags wt JOIN tags g ON g.id = wt.tag_id WHERE wt.worker_id = $1 ORDER BY g.name",
        static row => new WorkerTag(row.Uuid(0), row.GetString(1), row.GetString(2)), workerId);
}
