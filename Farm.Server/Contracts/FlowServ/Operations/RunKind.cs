using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Files;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>
/// Jobs that are workflow runs. A run ends in the same transaction as its job, and then neither the job nor its task changes status again
/// (Contracts/FlowServ/Contract.md section 7).
/// </summary>
internal sealed class RunKind : JobKind
{
    /// <summary>The name of this kind of job.</summary>
    public const string JobKind = "flowserv";

    /// <inheritdoc/>
    public override string Name => JobKind;

    /// <summary>Ends the run with its job; a run that has ended stays as it is.</summary>
    public override void StatusChanges(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
        if (!JobRules.IsOver(job.Status) && !JobRules.IsOver(to)) return;
        if (RunTable.ByJob(tx.Db, job.Id) is not { } run) return;
        if (run.State.IsOver()) throw Final(job.Name, run);
        if (JobRules.IsOver(to)) End(tx, run, to, reason);
    }

    /// <summary>Rejects changes to the task of a run that has ended.</summary>
    public override void PersonChangesTasks(WriteTransaction tx, Job job)
    {
        if (RunTable.ByJob(tx.Db, job.Id) is { } run && run.State.IsOver()) throw Final(job.Name, run);
    }

    /// <summary>Deletes the run at once.</summary>
    public override void DeletionBegins(WriteTransaction tx, Job job) => RunTable.RemoveByJob(tx.Db, job.Id);

    private static FarmException Final(string name, Run run) =>
        FarmException.Conflict($"job \"{name}\" is a workflow run that has ended ({run.State.Name()}); start a new run instead");

    private static void End(WriteTransaction tx, Run run, JobStatus to, string reason)
    {
        var task = TaskTable.ByNumber(tx.Db, run.JobId, 0);
        var messages = task is null ? [] : TaskMessageTable.OfTask(tx.Db, task.Id);
        // If the task itself did not fail, someone failed the job, and the reason says who.
        if (task is not { Status: TaskStatus.Failed }) messages = [reason];
        var end = RunRules.End(to, run.Steps > 0, Missing(tx.Db, run, task), messages, run.Reason);
        var (started, finished) = RunRules.Times(end.State, run.CreatedAt, run.StartedAt, tx.Now);
        RunTable.End(tx.Db, run.Id, end.State, new JsonArray([.. end.Messages.Select(text => (JsonNode)text)]).ToJsonString(), started, finished);
    }

    private static List<string> Missing(StoreSession db, Run run, FarmTask? task)
    {
        var produced = task is null ? [] : ArtifactView.OfTask(db, task.Id).Select(artifact => artifact.Path).ToHashSet();
        return JsonSerializer.Deserialize(run.Outputs, RunJson.Default.ListString)!.FindAll(path => !produced.Contains(path));
    }
}
