using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>Worker tags, which restrict jobs to certain workers (Contracts/Flamenco/Contract.md section 6.4).</summary>
internal sealed class WorkerTags(FarmStore store, TimeProvider time)
{
    /// <summary>Creates a tag.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="name">Unique among tags.</param>
    /// <param name="description">What it is for; may be empty.</param>
    /// <param name="id">Its id; null to create one.</param>
    /// <exception cref="FarmException">The caller may not control workers, or a tag with this name or id already exists.</exception>
    public Task<WorkerTag> CreateAsync(Caller caller, string name, string description, Guid? id) => store.WriteAsync(tx =>
    {
        caller.Demand(Permission.ControlWorkers);
        var uuid = id ?? Guid.CreateVersion7(time.GetUtcNow());
        if (TagTable.ByName(tx.Db, name) is not null) throw FarmException.Conflict($"a tag named \"{name}\" already exists");
        if (TagTable.ByUuid(tx.Db, uuid) is not null) throw FarmException.Conflict($"a tag {uuid} already exists");
        TagTable.Insert(tx.Db, uuid, name, description);
        return new WorkerTag(uuid, name, description);
    });

    /// <summary>Changes a tag; null keeps the description.</summary>
    /// <exception cref="FarmException">The caller may not control workers, the tag does not exist, or another one has this name.</exception>
    public Task UpdateAsync(Caller caller, Guid uuid, string name, string? description) => store.WriteAsync(tx =>
    {
        caller.Demand(Permission.ControlWorkers);
        var id = TagTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such tag");
        if (TagTable.ByName(tx.Db, name) is { } other && other != id) throw FarmException.Conflict($"a tag named \"{name}\" already exists");
        TagTable.Update(tx.Db, id, name, description);
        foreach (var worker in TagTable.Workers(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
    });

    /// <summary>Removes a tag from the farm and its workers. Jobs that required it can then run on any worker.</summary>
    /// <exception cref="FarmException">The caller may not control workers, or the tag does not exist.</exception>
    public Task RemoveAsync(Caller caller, Guid uuid) => store.WriteAsync(tx =>
    {
        caller.Demand(Permission.ControlWorkers);
        var id = TagTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such tag");
        foreach (var worker in TagTable.Workers(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
        foreach (var job in TagTable.Jobs(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Job, job));
        TagTable.Remove(tx.Db, id);
    });

    /// <summary>Replaces the tags of a worker; ignores unknown UUIDs.</summary>
    /// <exception cref="FarmException">The caller may not control workers, or the worker does not exist.</exception>
    public Task SetOfWorkerAsync(Caller caller, Guid uuid, IReadOnlyList<Guid> tags) => store.WriteAsync(tx =>
    {
        caller.Demand(Permission.ControlWorkers);
        var worker = WorkerTable.ByUuid(tx.Db, uuid) ?? throw FarmException.NotFound("no such worker");
        TagTable.SetOfWorker(tx.Db, worker.Id, tags);
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
    });
}
