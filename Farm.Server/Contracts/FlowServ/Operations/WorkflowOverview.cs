using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>The workflows as whoever runs the farm sees them.</summary>
internal sealed class WorkflowOverview(IReadStore store)
{
    /// <summary>All workflows, by name.</summary>
    public List<WorkflowUse> All() => store.Read(WorkflowUseView.All);

    /// <summary>A workflow; null when there is none with this id.</summary>
    public WorkflowUse? Find(string key) => store.Read(db => WorkflowUseView.Find(db, key));

    /// <summary>A page of the runs of a workflow, newest first, whoever's they are.</summary>
    public List<WorkflowRun> Runs(long workflowId, int count, int offset) => store.Read(db => RunView.OfWorkflow(db, workflowId, count, offset));
}
