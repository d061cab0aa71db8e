using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Server.Store.Views.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>Worker tags, which restrict jobs to certain workers (Contracts/Flamenco/Contract.md section 6.4).</summary>
internal sealed class WorkerTags(AuditLog audit, TimeProvider time)
{
    /// <summary>Creates a tag.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="name">Unique among tags.</param>
    /// <param name="description">What it is for; may be empty.</param>
    /// <param name="id">Its id; null to create one.</param>
    /// <exception cref="FarmException">The caller may not control workers, or a tag with this name or id already exists.</exception>
    public Task<WorkerTag> CreateAsync(Caller caller, string name, string description, Guid? id) => audit.WriteAsync(caller, AuditVerb.AddTag, (tx, action) =>
    {
        action.On(new AuditTarget("tag", "", name));
        caller.Demand(Permission.ControlWorkers);
        var uuid = id ?? Guid.CreateVersion7(time.GetUtcNow());
        if (TagTable.ByName(tx.Db, name) is not null) throw FarmException.Conflict($"a tag named \"{name}\" already exists");
        if (TagTable.ByUuid(tx.Db, uuid) is not null) throw FarmException.Conflict($"a tag {uuid} already exists");
        TagTable.Insert(tx.Db, uuid, name, description);
        action.On("tag", uuid, name);
        return new WorkerTag(uuid, name, description);
    });

    /// <summary>Changes a tag; null keeps the description.</summary>
    /// <exception cref="FarmException">The caller may not control workers, the tag does not exist, or another one has this name.</exception>
    public Task UpdateAsync(Caller caller, Guid uuid, string name, string? description) => audit.WriteAsync(caller, AuditVerb.ChangeTag, (tx, action) =>
    {
        var id = Tag(tx, caller, uuid, action);
        if (TagTable.ByName(tx.Db, name) is { } other && other != id) throw FarmException.Conflict($"a tag named \"{name}\" already exists");
        action.Change(TagTable.Name(tx.Db, id), description is null ? name : $"{name}: {description}");
        TagTable.Update(tx.Db, id, name, description);
        foreach (var worker in TagTable.Workers(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
    });

    /// <summary>Removes a tag from the farm and its workers. Jobs that required it can then run on any worker.</summary>
    /// <exception cref="FarmException">The caller may not control workers, or the tag does not exist.</exception>
    public Task RemoveAsync(Caller caller, Guid uuid) => audit.WriteAsync(caller, AuditVerb.RemoveTag, (tx, action) =>
    {
        var id = Tag(tx, caller, uuid, action);
        foreach (var worker in TagTable.Workers(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: worker));
        foreach (var job in TagTable.Jobs(tx.Db, id)) tx.Publish(new FarmEvent(FarmEventKind.Job, job));
        TagTable.Remove(tx.Db, id);
    });

    /// <summary>Replaces the tags of a worker; ignores unknown UUIDs.</summary>
    /// <exception cref="FarmException">The caller may not control workers, or the worker does not exist.</exception>
    public Task SetOfWorkerAsync(Caller caller, Guid uuid, IReadOnlyList<Guid> tags) => audit.WriteAsync(caller, AuditVerb.SetWorkerTags, (tx, action) =>
    {
        var found = WorkerTable.ByUuid(tx.Db, uuid);
        if (found is not null) action.On("worker", uuid, found.Name);
        caller.Demand(Permission.ControlWorkers);
        var worker = found ?? throw FarmException.NotFound("no such worker");
        var before = TagTable.NamesOfWorker(tx.Db, worker.Id);
        TagTable.SetOfWorker(tx.Db, worker.Id, tags);
        action.Change(string.Join(", ", before), string.Join(", ", TagTable.NamesOfWorker(tx.Db, worker.Id)));
        tx.Publish(new FarmEvent(FarmEventKind.Worker, Worker: uuid));
    });

    private static long Tag(WriteTransaction tx, Caller caller, Guid uuid, AuditedAction action)
    {
        var id = TagTable.ByUuid(tx.Db, uuid);
        if (id is { } known) action.On("tag", uuid, TagTable.Name(tx.Db, known) ?? "");
        caller.Demand(Permission.ControlWorkers);
        return id ?? throw FarmException.NotFound("no such tag");
    }
}
