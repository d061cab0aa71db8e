using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Audit;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>A group to create.</summary>
/// <param name="Name">Its name.</param>
internal sealed record NewWorkflowGroup(string Name)
{
    /// <summary>The ids of its members, besides its creator.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>The public id; null to generate one.</summary>
    public string? Key { get; init; }

    /// <summary>Client data as JSON; null for none.</summary>
    public string? Config { get; init; }

    /// <summary>Parameter declarations; null for those of the template.</summary>
    public PyList? Parameters { get; init; }
}

/// <summary>Workflow groups: people who share runs (Contracts/FlowServ/Contract.md section 4.3).</summary>
internal sealed class WorkflowGroups(FarmStore store, WorkflowRuns runs, AuditLog audit, TimeProvider time)
{
    private const int MaxNameLength = 512;
    private const int RunsPerTransaction = 50;

    /// <summary>The group with this public id.</summary>
    /// <exception cref="FarmException">The group is unknown.</exception>
    public WorkflowGroup Find(string key) => store.Read(db => WorkflowGroupTable.ByKey(db, key)) ?? throw Unknown(key);

    /// <summary>The group with this database id; null when it was deleted.</summary>
    public WorkflowGroup? Find(long id) => store.Read(db => WorkflowGroupTable.ById(db, id));

    /// <summary>Whether an account is a member of a group.</summary>
    public bool IsMember(long group, Account account) => store.Read(db => WorkflowGroupTable.IsMember(db, group, account.Id));

    /// <summary>The members of a group.</summary>
    public List<Account> Members(long group) => store.Read(db => WorkflowGroupTable.Members(db, group));

    /// <summary>The groups of an account, for one workflow or all.</summary>
    public List<WorkflowGroup> Of(Account account, long? workflow = null) => store.Read(db => WorkflowGroupTable.OfAccount(db, account.Id, workflow));

    /// <summary>The parameter declarations for the runs of a group. What runs as a command is always as the template declares it.</summary>
    public static IReadOnlyList<Parameter> Parameters(WorkflowGroup group, WorkflowTemplate template)
    {
        if (group.Parameters is not { } own || JsonValues.Parse(own) is not PyList declarations) return template.Parameters;
        var parameters = ParameterReader.Read(declarations.Items);
        return
        [
            .. parameters.Where(parameter => !RunsAsCommand(parameter, template)),
            .. template.Parameters.Where(parameter => RunsAsCommand(parameter, template)),
        ];
    }

    /// <summary>Whether the value of a parameter is run: a step, or shell text.</summary>
    private static bool RunsAsCommand(Parameter parameter, WorkflowTemplate template) =>
        parameter.Type == ParameterType.Actor || template.Raw.Contains(parameter.Name)
        || template.Parameters.Any(declared => declared.Name == parameter.Name && declared.Type == ParameterType.Actor);

    private static void CheckDeclarations(IReadOnlyList<Parameter> parameters, WorkflowTemplate template)
    {
        foreach (var parameter in parameters.Where(parameter => RunsAsCommand(parameter, template)))
        {
            var declared = template.Parameters.FirstOrDefault(other => other.Name == parameter.Name);
            if (declared is null || !ParameterReader.Write(declared).Equals(ParameterReader.Write(parameter)))
                throw FarmException.Invalid($"the value of parameter '{parameter.Name}' runs as a command, so only the template declares it");
        }
    }

    /// <summary>Creates a group; its creator is a member.</summary>
    /// <exception cref="FarmException">The name or id is invalid or taken, a member is unknown, or a declaration is invalid.</exception>
    public Task<WorkflowGroup> CreateAsync(Caller caller, Workflow workflow, Account creator, NewWorkflowGroup group)
    {
        CheckName(group.Name);
        if (group.Key is { } requested && !WorkflowKeys.IsValid(requested)) throw FarmException.Invalid($"invalid identifier '{requested}'");
        if (group.Parameters is { } declarations) CheckDeclarations(ParameterReader.Read(declarations.Items), WorkflowCatalog.Template(workflow));
        var key = group.Key ?? Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        return audit.WriteAsync(caller, WorkflowVerb.CreateGroup, (tx, action) =>
        {
            action.On(new AuditTarget("group", key, group.Name));
            action.Change(null, $"workflow {workflow.Key}");
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
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The group.</param>
    /// <param name="name">Its new name; null keeps it.</param>
    /// <param name="members">The ids of all its new members; null keeps them.</param>
    /// <exception cref="FarmException">The group or a member is unknown (not found), or the name is invalid or taken.</exception>
    public Task<WorkflowGroup> UpdateAsync(Caller caller, long id, string? name, IReadOnlyList<string>? members)
    {
        if (name is not null) CheckName(name);
        return audit.WriteAsync(caller, WorkflowVerb.ChangeGroup, (tx, action) =>
        {
            var group = WorkflowGroupTable.ById(tx.Db, id) ?? throw FarmException.NotFound("the group was deleted");
            action.On(new AuditTarget("group", group.Key, group.Name));
            var before = Text(tx, group);
            if (name is not null)
            {
                CheckFree(tx, group.WorkflowId, name, except: id);
                WorkflowGroupTable.Rename(tx.Db, id, name);
            }

            if (members is not null) WorkflowGroupTable.SetMembers(tx.Db, id, [.. Accounts(tx, members, FarmException.NotFound).Distinct()]);
            var changed = WorkflowGroupTable.ById(tx.Db, id)!;
            action.Change(before, Text(tx, changed));
            return changed;
        });
    }

    /// <summary>Deletes a group with its uploads and runs; unfinished runs are canceled first.</summary>
    public Task DeleteAsync(Caller caller, long id) => audit.RunAsync(caller, WorkflowVerb.DeleteGroup, async action =>
    {
        if (Find(id) is { } group) action.On(new AuditTarget("group", group.Key, group.Name));
        await DeleteWithRunsAsync(id, action.Record);
    });

    /// <summary>As <see cref="DeleteAsync"/>, as part of a larger change.</summary>
    /// <param name="id">The group.</param>
    /// <param name="last">Called in the last transaction.</param>
    public async Task DeleteWithRunsAsync(long id, Action<WriteTransaction>? last = null)
    {
        while (!await store.WriteAsync(tx =>
        {
            if (!runs.RemoveSome(tx, id, RunsPerTransaction)) return false;
            WorkflowGroupTable.Remove(tx.Db, id);
            last?.Invoke(tx);
            return true;
        }))
        {
            // Lets other writers in between.
        }
    }

    private static string Text(WriteTransaction tx, WorkflowGroup group) =>
        $"{group.Name}: {string.Join(", ", WorkflowGroupTable.Members(tx.Db, group.Id).Select(member => member.Username))}";

    private static List<long> Accounts(WriteTransaction tx, IReadOnlyList<string> ids, Func<string, FarmException> error) =>
    [
        .. ids.Select(id => Guid.TryParseExact(id, "N", out var uuid) && AccountTable.ByUuid(tx.Db, uuid) is { } account
            ? account.Id
            : throw error($"unknown user '{id}'")),
    ];

    private static void CheckName(string name)
    {
        if (name.Length > MaxNameLength || string.IsNullOrWhiteSpace(name)) throw FarmException.Invalid("invalid name");
    }

    private static void CheckFree(WriteTransaction tx, long workflowId, string name, long except)
    {
        if (WorkflowGroupTable.HasName(tx.Db, workflowId, name, except)) throw FarmException.Conflict($"group '{name}' exists");
    }

    private static FarmException Unknown(string key) => FarmException.NotFound($"unknown group '{key}'");
}
