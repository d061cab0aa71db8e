using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.JobTypes.FlowServ.Arguments;
using Farm.Server.JobTypes.FlowServ.Plans;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Starts runs of workflows, gives them up and removes them (Contracts/FlowServ/Contract.md section 2).</summary>
internal sealed class WorkflowRuns(FarmStore store, JobTransitions transitions, JobDeletion deletion, TimeProvider time, ILogger<WorkflowRuns> log)
{
    private const int Priority = 50;

    /// <summary>Starts a run; answers when it is on disk. When it is refused, nothing of it is kept.</summary>
    /// <param name="group">Whose run it is.</param>
    /// <param name="by">Who asked for it.</param>
    /// <param name="arguments">What was sent, in its order.</param>
    /// <param name="sent">The same as JSON, to be shown as it came.</param>
    /// <exception cref="FarmException">An argument cannot be taken, an upload or the group is not there, or a command cannot be expanded.</exception>
    public async Task<Guid> StartAsync(WorkflowGroup group, Account by, IReadOnlyList<Argument> arguments, string sent)
    {
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        var (workflow, plan) = store.Read(db => Plan(db, group, arguments));
        var draft = plan.Draft($"{workflow.Name} · {group.Name}", new JsonObject
        {
            ["workflow"] = workflow.Key,
            ["group"] = group.Name,
            ["arguments"] = JsonNode.Parse(sent),
        });
        // A run is one task, so that its job is written at once.
        var task = TaskPreparation.Slices(draft, 0, 2, () => Guid.CreateVersion7(time.GetUtcNow())).First();
        await store.WriteAsync(tx =>
        {
            if (WorkflowGroupTable.ById(tx.Db, group.Id) is null) throw FarmException.NotFound($"unknown group '{group.Key}'");
            var row = new NewJobRow(
                uuid, draft.Name, RunPlan.JobType, JobStatus.Queued, Priority, "manager", draft.Settings.Text, Metadata(by), null, null,
                draft.StepsTotal, tx.Now, Kind: RunKind.JobKind);
            Write(tx, row, draft, task, plan, group, sent);
        });
        log.LogInformation("{Username} started a run of workflow \"{Workflow}\" for group \"{Group}\" ({Uuid})", by.Username, workflow.Name, group.Name, uuid);
        return uuid;
    }

    /// <summary>The run that clients know by this id.</summary>
    /// <exception cref="FarmException">There is none.</exception>
    public Run Find(string id) =>
        Guid.TryParseExact(id, "N", out var uuid) && store.Read(db => RunTable.ByUuid(db, uuid)) is { } run ? run : throw Unknown(id);

    /// <summary>All runs of a group, oldest first.</summary>
    public List<Run> OfGroup(long groupId) => store.Read(db => RunTable.OfGroup(db, groupId));

    /// <summary>Gives a run up; when this answers, it is over.</summary>
    /// <param name="uuid">The run.</param>
    /// <param name="reason">Why; null for no reason.</param>
    /// <exception cref="FarmException">There is no such run, or it is over (conflict).</exception>
    public Task CancelAsync(Guid uuid, string? reason) => store.WriteAsync(tx =>
    {
        var run = Existing(tx, uuid);
        if (run.State.IsOver()) throw InvalidIn(run.State);
        Cancel(tx, run, reason);
    });

    /// <summary>Removes a run that is over, with its job and its files.</summary>
    /// <exception cref="FarmException">There is no such run, or it is not over (conflict).</exception>
    public Task DeleteAsync(Guid uuid) => store.WriteAsync(tx =>
    {
        var run = Existing(tx, uuid);
        if (!run.State.IsOver()) throw InvalidIn(run.State);
        deletion.Begin(tx, JobTable.ById(tx.Db, run.JobId)!);
    });

    /// <summary>Gives up and removes runs of a group, oldest first.</summary>
    /// <returns>Whether that were all.</returns>
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

    private static (Workflow Workflow, RunPlan Plan) Plan(SqliteSession db, WorkflowGroup group, IReadOnlyList<Argument> arguments)
    {
        var workflow = WorkflowTable.ById(db, group.WorkflowId) ?? throw FarmException.NotFound($"unknown group '{group.Key}'");
        var template = WorkflowCatalog.Template(workflow);
        var parameters = WorkflowGroups.Parameters(group, template);
        var cast = ArgumentReader.Read(parameters, arguments, id => Upload(db, group.Id, id));
        return (workflow, RunPlanner.Plan(template, parameters, cast, WorkflowTable.Files(db, workflow.Id)));
    }

    private static UploadedFile? Upload(SqliteSession db, long groupId, string id) =>
        Guid.TryParseExact(id, "N", out var uuid) && GroupUploadTable.Find(db, groupId, uuid) is { } upload
            ? new UploadedFile(upload.Sha256, upload.Size)
            : null;

    private void Write(
        WriteTransaction tx, NewJobRow row, JobDraft draft, NewTaskRow[] task, RunPlan plan, WorkflowGroup group, string sent)
    {
        var build = new JobConstruction(transitions);
        build.Begin(tx, row, draft);
        build.WriteSlice(tx, task);
        build.Finish(tx);
        foreach (var file in plan.Files) JobInputTable.Add(tx.Db, build.JobId, file.Sha256);
        RunTable.Insert(tx.Db, new Run(
            0, row.Uuid, build.JobId, group.Id, RunState.Pending, sent, JsonSerializer.Serialize([.. plan.Outputs], RunJson.Default.ListString),
            plan.Steps.Count, null, null, tx.Now, null, null));
        tx.Publish(new FarmEvent(FarmEventKind.Job, row.Uuid));
    }

    private static string Metadata(Account by) => JobMetadata.Write(new Dictionary<string, string> { ["user.name"] = by.Username });

    private static Run Existing(WriteTransaction tx, Guid uuid) => RunTable.ByUuid(tx.Db, uuid) ?? throw Unknown(uuid.ToString("N"));

    private static FarmException Unknown(string id) => FarmException.NotFound($"unknown run '{id}'");

    private static FarmException InvalidIn(RunState state) => FarmException.Conflict($"invalid operation for run in state {state.Name()}");
}
