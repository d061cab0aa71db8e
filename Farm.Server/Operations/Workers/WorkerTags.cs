using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>Tags, by which jobs and workers find each other (Contracts/Flamenco/Contract.md section 6.4).</summary>
internal sealed class WorkerTags(FarmStore store, TimeProvider time)
{
    /// <summary>Makes a tag.</summary>
    /// <param name="name">Unique among tags.</param>
    /// <param name="description">What it is for; may be empty.</param>
    /// <param name="id">Its id; null to have one made.</param>
    /// <exception cref="FarmException">There is a tag of this name or id.</exception>
    public Task<WorkerTag> CreateAsync(string name, string description, Guid? id) => store.WriteAsync(tx =>
    {
        var uuid = id ?? Guid.CreateVersion7(time.GetUtcNow());
        if (TagTable.ByName(tx.Db, name) is not null) throw FarmException.Conflict($"there is a tag named \"{name}\" already");
        if (TagTable.ByUuid(tx.Db, uuid) is not null) throw FarmException.Conflict($"there is a tag {uuid} already");
        TagTable.Insert(tx.Db, uuid, name, description);
        return new WorkerTag(uuid, name, description);
    });

    /// <summary>Changes a tag; a description that is null stays.</summary>
    /// <exception cref="FarmException">There is no such tag, or another one of this name.</exception>
    public Task UpdateAsync(Guid uuid, string name, string? description) => store.WriteAsync(tx =>
    {
        var id = TagTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such tag");
        if (TagTable.ByName(tx.Db, name) is { } other && other != id) throw FarmException.Conflict($"there is a tag named \"{name}\" already");
        TagTable.Update(tx.Db, id, name, description);
        foreach (var worker in TagTable.Workers(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
    });

    /// <summary>Removes a tag. Workers lose it, and jobs that asked for it are from then on for any worker.</summary>
    /// <exception cref="FarmException">There is no such tag.</exception>
    public Task RemoveAsync(Guid uuid) => store.WriteAsync(tx =>
    {
        var id = TagTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such tag");
        foreach (var worker in TagTable.Workers(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
        foreach (var job in TagTable.Jobs(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Job, job));
        TagTable.Remove(tx.Db, id);
    });

    /// <summary>Gives a worker these tags and no others; UUIDs that are no tag's are passed over.</summary>
    /// <exception cref="FarmException">There is no such worker.</exception>
    public Task SetOfWorkerAsync(Guid uuid, IReadOnlyList<Guid> tags) => store.WriteAsync(tx =>
    {
        var worker = WorkerTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such worker");
        TagTable.SetOfWorker(tx.Db, worker.Id, tags);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
    });
}
