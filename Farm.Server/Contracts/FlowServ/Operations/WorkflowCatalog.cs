using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Audit;
using Farm.Server.Domain.Events;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Operations.Audit;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Installed workflows (Contracts/FlowServ/Contract.md section 4.2).</summary>
internal sealed class WorkflowCatalog(FarmStore store, WorkflowGroups groups, AuditLog audit, ILogger<WorkflowCatalog> log)
{
    /// <summary>All workflows, by name.</summary>
    public List<Workflow> All() => store.Read(WorkflowTable.All);

    /// <summary>The workflow with this public id.</summary>
    /// <exception cref="FarmException">The workflow is unknown.</exception>
    public Workflow Find(string key) => store.Read(db => WorkflowTable.ByKey(db, key)) ?? throw FarmException.NotFound($"unknown workflow '{key}'");

    /// <summary>The workflow with this database id; null when it was deleted.</summary>
    public Workflow? Find(long id) => store.Read(db => WorkflowTable.ById(db, id));

    /// <summary>The template of a workflow.</summary>
    public static WorkflowTemplate Template(Workflow workflow) => TemplateReader.Read(JsonValues.Parse(workflow.Template));

    /// <summary>Deletes a workflow.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="key">Its public id.</param>
    /// <param name="withGroups">Whether to delete its groups too, with their uploads and runs; unfinished runs are canceled first.</param>
    /// <exception cref="FarmException">The caller may not, or the workflow is unknown, or has groups and <paramref name="withGroups"/> is false (conflict).</exception>
    public Task RemoveAsync(Caller caller, string key, bool withGroups) => audit.RunAsync(caller, WorkflowVerb.Remove, async action =>
    {
        action.On(new AuditTarget("workflow", key, ""));
        caller.Demand(Permission.ManageWorkflows);
        var workflow = Find(key);
        action.On(new AuditTarget("workflow", key, workflow.Name));
        var removed = 0;
        while (true)
        {
            var left = store.Read(db => WorkflowGroupTable.OfWorkflow(db, workflow.Id));
            if (left.Count > 0 && !withGroups)
                throw FarmException.Conflict($"workflow \"{workflow.Name}\" has {left.Count} {(left.Count == 1 ? "group" : "groups")}; deleting it would delete their uploads and runs");
            foreach (var group in left) await groups.DeleteWithRunsAsync(group.Id);
            removed += left.Count;
            if (await store.WriteAsync(tx => WorkflowGroupTable.OfWorkflow(tx.Db, workflow.Id) is [] && Remove(tx, workflow.Id, action, removed))) break;
        }

        log.LogInformation("Deleted workflow \"{Name}\"", workflow.Name);
    });

    private static bool Remove(WriteTransaction tx, long id, AuditedAction action, int groups)
    {
        WorkflowTable.Remove(tx.Db, id);
        action.Change(groups == 1 ? "1 group" : $"{groups} groups", null);
        action.Record(tx);
        tx.Publish(new FarmEvent(FarmEventKind.Job));
        return true;
    }
}
