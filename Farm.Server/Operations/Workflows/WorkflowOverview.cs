using Farm.Server.Store;

namespace Farm.Server.Operations.Workflows;

/// <summary>A workflow and how much it is used.</summary>
internal sealed record WorkflowUse(Workflow Workflow, long Groups, long Runs);

/// <summary>A run of a workflow, for people to look at.</summary>
internal sealed record WorkflowRun(Run Run, string GroupName);

/// <summary>The workflows as whoever runs the farm sees them.</summary>
internal sealed class WorkflowOverview(FarmStore store)
{
    /// <summary>All workflows, by name.</summary>
    public List<WorkflowUse> All() => store.Read(db => WorkflowRows.All(db).ConvertAll(workflow => Use(db, workflow)));

    /// <summary>A workflow; null when there is none with this id.</summary>
    public WorkflowUse? Find(string key) => store.Read(db => WorkflowRows.ByKey(db, key) is { } workflow ? Use(db, workflow) : null);

    /// <summary>A page of the runs of a workflow, newest first, whoever's they are.</summary>
    public List<WorkflowRun> Runs(long workflowId, int count, int offset) => store.Read(db =>
        RunRows.OfWorkflow(db, workflowId, count, offset).ConvertAll(run => new WorkflowRun(run, WorkflowGroupRows.ById(db, run.GroupId)!.Name)));

    private static WorkflowUse Use(Statements db, Workflow workflow) =>
        new(workflow, WorkflowGroupRows.OfWorkflow(db, workflow.Id).Count, RunRows.CountOfWorkflow(db, workflow.Id));
}
