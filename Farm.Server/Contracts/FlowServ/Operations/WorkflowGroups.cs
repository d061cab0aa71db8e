using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>A group that is to be made.</summary>
/// <param name="Name">How it calls itself.</param>
internal sealed record NewWorkflowGroup(string Name)
{
    /// <summary>The ids of its members beside who makes it.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The id that clients see; null for a new one.</summary>
    public string? Key { get; init; }

    /// <summary>What the client keeps with it, as JSON; null for nothing.</summary>
    public string? Config { get; init; }

    /// <summary>Declarations in place of those of the template; null for those of the template.</summary>
    public PyList? Parameters { get; init; }
}

/// <summary>The groups of people that run workflows (Contracts/FlowServ/Contract.md section 4.3).</summary>
internal sealed class WorkflowGroups(FarmStore store, WorkflowRuns runs, TimeProvider time)
{
    private const int LongestName = 512;
    private const int RemovedAtOnce = 50;

    /// <summary>The group that clients know by this id.</summary>
    /// <exception cref="FarmException">There is none.</exception>
    public WorkflowGroup Find(string key) => store.Read(db => WorkflowGroupTable.ByKey(db, key)) ?? throw Unknown(key);

    /// <summary>The group with this id; null when it was removed.</summary>
    public WorkflowGroup? Find(long id) => store.Read(db => WorkflowGroupTable.ById(db, id));

    /// <summary>Whether an account is a member of a group.</summary>
    public bool IsMember(long group, Account account) => store.Read(db => WorkflowGroupTable.IsMember(db, group, account.Id));

    /// <summary>The members of a group.</summary>
    public List<Account> Members(long group) => store.Read(db => WorkflowGroupTable.Members(db, group));

    /// <summary>The groups of an account: of one workflow, or of all.</summary>
    public List<WorkflowGroup> Of(Account account, long? workflow = null) => store.Read(db => WorkflowGroupTable.OfAccount(db, account.Id, workflow));

    /// <summary>The declarations that hold for the runs of a group.</summary>
    public static IReadOnlyList<Parameter> Parameters(WorkflowGroup group, WorkflowTemplate template) =>
        group.Parameters is { } own && JsonValues.Parse(own) is PyList declarations ? ParameterReader.Read(declarations.Items) : template.Parameters;

    /// <summary>Makes a group. Whoever makes it is a member.</summary>
    /// <exception cref="FarmException">The name or the id cannot be used or is taken, a member is unknown, or a declaration is none.</exception>
    public Task<WorkflowGroup> CreateAsync(Workflow workflow, Account creator, NewWorkflowGroup group)
    {
        CheckName(group.Name);
        if (group.Key is { } wanted && !WorkflowKeys.IsValid(wanted)) throw FarmException.Invalid($"invalid identifier '{wanted}'");
        if (group.Parameters is { } declarations) ParameterReader.Read(declarations.Items);
        var key = group.Key ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        return store.WriteAsync(tx =>
        {
            if (WorkflowTable.ById(tx.Db, workflow.Id) is null) throw FarmException.NotFound($"unknown workflow '{workflow.Key}'");
            if (WorkflowGroupTable.ByKey(tx.Db, key) is not null) throw FarmException.Conflict($"group '{key}' exists");
            CheckFree(tx, workflow.Id, group.Name, except: 0);
            var members = Accounts(tx, group.Members, FarmException.Invalid);
            var parameters = group.Parameters is { } own ? JsonValues.Write(own) : null;
            var id = WorkflowGroupTable.Insert(tx.Db, key, workflow.Id, group.Name, group.Config, parameters, tx.Now);
            WorkflowGroupTable.SetMembers(tx.Db, id, [.. members.Prepend(creator.Id).Distinct()]);
            return WorkflowGroupTable.ById(tx.Db, id)!;
        });
    }

    /// <summary>Changes a group.</summary>
    /// <param name="id">The group.</param>
    /// <param name="name">Its new name; null keeps it.</param>
    /// <param name="members">The ids of all its members from now on; null keeps them.</param>
    /// <exception cref="FarmException">There is no such group, the name cannot be used or is taken, or a member is unknown (not found).</exception>
    public Task<WorkflowGroup> UpdateAsync(long id, string? name, IReadOnlyList<string>? members)
    {
        if (name is not null) CheckName(name);
        return store.WriteAsync(tx =>
        {
            var group = WorkflowGroupTable.ById(tx.Db, id) ?? throw FarmException.NotFound("the group was removed");
            if (name is not null)
            {
                CheckFree(tx, group.WorkflowId, name, except: id);
                WorkflowGroupTable.Rename(tx.Db, id, name);
            }

            if (members is not null) WorkflowGroupTable.SetMembers(tx.Db, id, [.. Accounts(tx, members, FarmException.NotFound).Distinct()]);
            return WorkflowGroupTable.ById(tx.Db, id)!;
        });
    }

    /// <summary>Removes a group with its uploads and runs; runs that are not over are canceled first.</summary>
    public async Task DeleteAsync(long id)
    {
        while (!await store.WriteAsync(tx =>
        {
            if (!runs.RemoveSome(tx, id, RemovedAtOnce)) return false;
            WorkflowGroupTable.Remove(tx.Db, id);
            return true;
        }))
        {
            // Other writers get their turn in between.
        }
    }

    private static List<long> Accounts(WriteTransaction tx, IReadOnlyList<string> ids, Func<string, FarmException> refuse) =>
    [
        .. ids.Select(id => Guid.TryParseExact(id, "N", out var uuid) && AccountTable.ByUuid(tx.Db, uuid) is { } account
            ? account.Id
            : throw refuse($"unknown user '{id}'")),
    ];

    private static void CheckName(string name)
    {
        if (name.Length > LongestName || string.IsNullOrWhiteSpace(name)) throw FarmException.Invalid("invalid name");
    }

    private static void CheckFree(WriteTransaction tx, long workflowId, string name, long except)
    {
        if (WorkflowGroupTable.HasName(tx.Db, workflowId, name, except)) throw FarmException.Conflict($"group '{name}' exists");
    }

    private static FarmException Unknown(string key) => FarmException.NotFound($"unknown group '{key}'");
}
