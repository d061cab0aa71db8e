using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.JobTypes.FlowServ.Plans;
using Farm.Server.Operations;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Microsoft.Extensions.Options;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Starts, cancels and deletes workflow runs (Contracts/FlowServ/Contract.md section 2).</summary>
internal sealed class WorkflowRuns(
    FarmStore store, JobTransitions transitions, JobDeletion deletion, IOptionsMonitor<FarmLimits> limits, AuditLog audit,
    TimeProvider time, ILogger<WorkflowRuns> log)
{
    private const int Priority = 50;

    /// <summary>Starts a run; returns when it is on disk.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="group">The group of the run.</param>
    /// <param name="by">Their account, which becomes the owner.</param>
    /// <param name="arguments">The arguments, in the order sent.</param>
    /// <param name="sent">The arguments as JSON, to be shown unchanged.</param>
    /// <exception cref="FarmException">An argument is invalid, an upload or the group does not exist, a command cannot be expanded, or the run would be too large.</exception>
    public Task<Guid> StartAsync(Caller caller, WorkflowGroup group, Account by, IReadOnlyList<Argument> arguments, string sent) => audit.RunAsync(caller, WorkflowVerb.StartRun, async action =>
    {
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        var (workflow, plan) = store.Read(db => Plan(db, group, arguments));
        var draft = plan.Draft($"{workflow.Name} · {group.Name}", new JsonObject
        {
            ["workflow"] = workflow.Key,
            ["group"] = group.Name,
            ["arguments"] = JsonNode.Parse(sent),
        });
        JobSizeCheck.Check(draft, Metadata(by), limits.CurrentValue.Jobs);
        // A run has one task, so one transaction can write the whole job.
        var task = TaskPreparation.Slices(draft, 0, 2, () => Guid.CreateVersion7(time.GetUtcNow())).First();
        await store.WriteAsync(tx =>
        {
            if (WorkflowGroupTable.ById(tx.Db, group.Id) is null) throw FarmException.NotFound($"unknown group '{group.Key}'");
            var row = new NewJobRow(
                uuid, draft.Name, RunPlan.JobType, JobStatus.Queued, Priority, "manager", draft.Settings.Text, Metadata(by), null, null,
                draft.StepsTotal, tx.Now, Kind: RunKind.JobKind, Owner: new JobOwner(by.Id, ""));
            Write(tx, row, draft, task, plan, group, sent);
            action.On("job", uuid, draft.Name);
            action.Record(tx);
        });
        log.LogInformation("{Username} started a run of workflow \"{Workflow}\" for group \"{Group}\" ({Uuid})", by.Username, workflow.Name, group.Name, uuid);
        return uuid;
    });

    /// <summary>The run with this public id.</summary>
    /// <exception cref="FarmException">The run is unknown.</exception>
    public Run Find(string id) =>
        Guid.TryParseExact(id, "N", out var uuid) && store.Read(db => RunTable.ByUuid(db, uuid)) is { } run ? run : throw Unknown(id);

    /// <summary>All runs of a group, oldest first.</summary>
    public List<Run> OfGroup(long groupId) => store.Read(db => RunTable.OfGroup(db, groupId));

    /// <summary>Cancels a run; it has ended when this returns.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="uuid">The run.</param>
    /// <param name="reason">The reason; null for none.</param>
    /// <exception cref="FarmException">The run is unknown, or has already ended (conflict).</exception>
    public Task CancelAsync(Caller caller, Guid uuid, string? reason) => audit.WriteAsync(caller, WorkflowVerb.CancelRun, (tx, action) =>
    {
        var run = Existing(tx, uuid, action);
        if (run.State.IsOver()) throw InvalidIn(run.State);
        Cancel(tx, run, reason);
    });

    /// <summary>Deletes a run that has ended, with its job and files.</summary>
    /// <exception cref="FarmException">The run is unknown, or has not ended (conflict).</exception>
    public Task DeleteAsync(Caller caller, Guid uuid) => audit.WriteAsync(caller, WorkflowVerb.DeleteRun, (tx, action) =>
    {
        var run = Existing(tx, uuid, action);
        if (!run.State.IsOver()) throw InvalidIn(run.State);
        deletion.Begin(tx, JobTable.ById(tx.Db, run.JobId)!);
    });

    /// <summary>Cancels and deletes up to a number of runs of a group, oldest first.</summary>
    /// <returns>Whether no runs are left.</returns>
    public bool RemoveSome(WriteTransaction tx, long groupId, int count)
    {
        var runs = RunTable.OfGroup(tx.Db, groupId, count);
        foreach (var run in runs)
        {
            if (!run.State.IsOver()) Cancel(tx, run, null);
            deletion.Begin(tx, JobTable.ById(tx.Db, run.JobId)!);
        }

        return runs.Count < count;
    }

    private void Cancel(WriteTransaction tx, Run run, string? reason)
    {
        RunTable.SetReason(tx.Db, run.Id, reason);
        transitions.Apply(tx, JobTable.ById(tx.Db, run.JobId)!, JobStatus.CancelRequested, reason ?? RunRules.NoReason);
    }

    private static (Workflow Workflow, RunPlan Plan) Plan(StoreSession db, WorkflowGroup group, IReadOnlyList<Argument> arguments)
    {
        var workflow = WorkflowTable.ById(db, group.WorkflowId) ?? throw FarmException.NotFound($"unknown group '{group.Key}'");
        var template = WorkflowCatalog.Template(workflow);
        var parameters = WorkflowGroups.Parameters(group, template);
        var cast = ArgumentReader.Read(parameters, arguments, id => Upload(db, group.Id, id));
        return (workflow, RunPlanner.Plan(template, parameters, cast, WorkflowTable.Files(db, workflow.Id)));
    }

    private static UploadedFile? Upload(StoreSession db, long groupId, string id) =>
        Guid.TryParseExact(id, "N", out var uuid) && GroupUploadTable.Find(db, groupId, uuid) is { } upload
            ? new UploadedFile(upload.Sha256, upload.Size)
            : null;

    private void Write(
        WriteTransaction tx, NewJobRow row, JobDraft draft, NewTaskRow[] task, RunPlan plan, WorkflowGroup group, string sent)
    {
        var build = new JobConstruction(transitions);
        build.Begin(tx, row, draft);
        build.WriteWhole(tx, task);
        build.Finish(tx);
        foreach (var file in plan.Files) JobInputTable.Add(tx.Db, build.JobId, file.Sha256);
        RunTable.Insert(tx.Db, new Run(
            0, row.Uuid, build.JobId, group.Id, RunState.Pending, sent, JsonSerializer.Serialize([.. plan.Outputs], RunJson.Default.ListString),
            plan.Steps.Count, null, null, tx.Now, null, null));
        tx.Publish(new FarmEvent(FarmEventKind.Job, row.Uuid));
    }

    private static string Metadata(Account by) => JobMetadata.Write(new Dictionary<string, string> { ["user.name"] = by.Username });

    private static Run Existing(WriteTransaction tx, Guid uuid, AuditedAction action)
    {
        var run = RunTable.ByUuid(tx.Db, uuid) ?? throw Unknown(uuid.ToString("N"));
        action.On("job", uuid, JobTable.ById(tx.Db, run.JobId)?.Name ?? "");
        action.Change(run.State.Name(), null);
        return run;
    }

    private static FarmException Unknown(string id) => FarmException.NotFound($"unknown run '{id}'");

    private static FarmException InvalidIn(RunState state) => FarmException.Conflict($"invalid operation for run in state {state.Name()}");
}
