using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>A workflow and how much it is used.</summary>
internal sealed record WorkflowUse(Workflow Workflow, long Groups, long Runs);

/// <summary>A run of a workflow, for people to look at.</summary>
internal sealed record WorkflowRun(Run Run, string GroupName);

/// <summary>The workflows as whoever runs the farm sees them.</summary>
internal sealed class WorkflowOverview(FarmStore store)
{
    /// <summary>All workflows, by name.</summary>
    public List<WorkflowUse> All() => store.Read(db => WorkflowTable.All(db).ConvertAll(workflow => Use(db, workflow)));

    /// <summary>A workflow; null when there is none with this id.</summary>
    public WorkflowUse? Find(string key) => store.Read(db => WorkflowTable.ByKey(db, key) is { } workflow ? Use(db, workflow) : null);

    /// <summary>A page of the runs of a workflow, newest first, whoever's they are.</summary>
    public List<WorkflowRun> Runs(long workflowId, int count, int offset) => store.Read(db =>
        RunTable.OfWorkflow(db, workflowId, count, offset).ConvertAll(run => new WorkflowRun(run, WorkflowGroupTable.ById(db, run.GroupId)!.Name)));

    private static WorkflowUse Use(SqliteSession db, Workflow workflow) =>
        new(workflow, WorkflowGroupTable.OfWorkflow(db, workflow.Id).Count, RunTable.CountOfWorkflow(db, workflow.Id));
}
