using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Workflows with their usage, for administrators.</summary>
internal sealed class WorkflowOverview(IReadStore store)
{
    /// <summary>All workflows, by name.</summary>
    public List<WorkflowUsage> All() => store.Read(WorkflowUsageView.All);

    /// <summary>The workflow with this public id, or null.</summary>
    public WorkflowUsage? Find(string key) => store.Read(db => WorkflowUsageView.Find(db, key));

    /// <summary>A page of the runs of a workflow in all groups, newest first.</summary>
    public List<WorkflowRun> Runs(long workflowId, int count, int offset) => store.Read(db => RunView.OfWorkflow(db, workflowId, count, offset));
}
