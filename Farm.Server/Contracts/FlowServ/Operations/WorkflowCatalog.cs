using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.JobTypes.FlowServ.Templates;
using Farm.Server.JobTypes.FlowServ.Values;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>The workflows that are installed (Contracts/FlowServ/Contract.md section 4.2).</summary>
internal sealed class WorkflowCatalog(FarmStore store, WorkflowGroups groups, ILogger<WorkflowCatalog> log)
{
    /// <summary>All of them, by name.</summary>
    public List<Workflow> All() => store.Read(WorkflowTable.All);

    /// <summary>The workflow that clients know by this id.</summary>
    /// <exception cref="FarmException">There is none.</exception>
    public Workflow Find(string key) => store.Read(db => WorkflowTable.ByKey(db, key)) ?? throw FarmException.NotFound($"unknown workflow '{key}'");

    /// <summary>The workflow with this id; null when it was removed.</summary>
    public Workflow? Find(long id) => store.Read(db => WorkflowTable.ById(db, id));

    /// <summary>The template of a workflow.</summary>
    public static WorkflowTemplate Template(Workflow workflow) => TemplateReader.Read(JsonValues.Parse(workflow.Template));

    /// <summary>Removes a workflow with everything of it.</summary>
    /// <param name="key">Its id.</param>
    /// <param name="withGroups">Whether its groups go too, with their uploads and runs; runs that are not over are canceled first.</param>
    /// <exception cref="FarmException">There is no such workflow, or it has groups that are to stay (conflict).</exception>
    public async Task RemoveAsync(string key, bool withGroups)
    {
        var workflow = Find(key);
        while (true)
        {
            var left = store.Read(db => WorkflowGroupTable.OfWorkflow(db, workflow.Id));
            if (left.Count > 0 && !withGroups)
                throw FarmException.Conflict($"workflow \"{workflow.Name}\" has {left.Count} {(left.Count == 1 ? "group" : "groups")}, whose uploads and runs would go with it");
            foreach (var group in left) await groups.DeleteAsync(group.Id);
            if (await store.WriteAsync(tx => WorkflowGroupTable.OfWorkflow(tx.Db, workflow.Id) is [] && Remove(tx, workflow.Id))) break;
        }

        log.LogInformation("Workflow \"{Name}\" was removed", workflow.Name);
    }

    private static bool Remove(WriteTransaction tx, long id)
    {
        WorkflowTable.Remove(tx.Db, id);
        tx.Publish(new FarmEvent(FarmEventKind.Job));
        return true;
    }
}
