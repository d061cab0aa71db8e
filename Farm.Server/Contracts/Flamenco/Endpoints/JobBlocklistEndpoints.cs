using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Operations.Jobs;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>Who gets no more tasks of a job (Contracts/Flamenco/Contract.md section 6.2).</summary>
internal sealed class JobBlocklistEndpoints(JobBlocklist blocklist)
{
    /// <summary>fetchJobBlocklist.</summary>
    public Task Fetch(HttpContext context) => context.Answer(
        [.. blocklist.Of(context.Id("job")).Select(entry => new BlocklistEntry(entry.Worker, entry.TaskType, entry.WorkerName))],
        FlamencoJson.Default.BlocklistEntryArray);

    /// <summary>removeJobBlocklist.</summary>
    public async Task Remove(HttpContext context)
    {
        var entries = await RequestBody.ReadList(context);
        if (entries.Count == 0) throw FlamencoException.Malformed("the list of entries to remove is empty");
        await blocklist.Remove(context.Id("job"), [.. entries.Select(entry => (entry.Uuid("worker_id"), entry.Text("task_type")))]);
        await context.AnswerNothing();
    }
}
