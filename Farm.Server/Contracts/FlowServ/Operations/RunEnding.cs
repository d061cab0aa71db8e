using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Files;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>
/// The one place where a run and its job keep in step: the run ends in the transaction in which its job does, and from then on neither the job nor
/// its task takes another status (Contracts/FlowServ/Contract.md section 7).
/// </summary>
internal static class RunEnding
{
    /// <summary>Called before the status of a job changes. A job without a run costs nothing unless it is over or about to be.</summary>
    /// <param name="tx">The transaction.</param>
    /// <param name="job">The job, with the status that it has.</param>
    /// <param name="to">The status that it takes.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="FarmException">It is the job of a run that is over.</exception>
    public static void Follow(WriteTransaction tx, Job job, JobStatus to, string reason)
    {
        if (!JobRules.IsOver(job.Status) && !JobRules.IsOver(to)) return;
        if (RunTable.ByJob(tx.Db, job.Id) is not { } run) return;
        if (run.State.IsOver()) throw Final(job.Name, run);
        if (JobRules.IsOver(to)) End(tx, run, to, reason);
    }

    /// <summary>Called before a person changes a task.</summary>
    /// <exception cref="FarmException">It is the task of a run that is over.</exception>
    public static void Guard(WriteTransaction tx, FarmTask task)
    {
        if (RunTable.ByJob(tx.Db, task.JobId) is { } run && run.State.IsOver()) throw Final(JobTable.ById(tx.Db, task.JobId)!.Name, run);
    }

    private static FarmException Final(string name, Run run) =>
        FarmException.Conflict($"job \"{name}\" is a workflow run that ended as {run.State.Name()}, and that is final; start a new run instead");

    private static void End(WriteTransaction tx, Run run, JobStatus to, string reason)
    {
        var task = TaskTable.ByNumber(tx.Db, run.JobId, 0);
        var told = task is null ? [] : TaskMessageTable.OfTask(tx.Db, task.Id);
        // Nobody worked on a task that did not fail itself: then all there is to say is who failed the job.
        if (task is not { Status: TaskStatus.Failed }) told = [reason];
        var end = RunRules.End(to, run.Steps > 0, Missing(tx.Db, run, task), told, run.Reason);
        var (started, finished) = RunRules.Times(end.State, run.CreatedAt, run.StartedAt, tx.Now);
        RunTable.End(tx.Db, run.Id, end.State, new JsonArray([.. end.Messages.Select(text => (JsonNode)text)]).ToJsonString(), started, finished);
    }

    private static List<string> Missing(SqliteSession db, Run run, FarmTask? task)
    {
        var there = task is null ? [] : ArtifactView.OfTask(db, task.Id).Select(artifact => artifact.Path).ToHashSet();
        return JsonSerializer.Deserialize(run.Outputs, RunJson.Default.ListString)!.FindAll(path => !there.Contains(path));
    }
}
