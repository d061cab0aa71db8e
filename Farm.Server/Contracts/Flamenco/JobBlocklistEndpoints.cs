using Farm.Server.Operations.Jobs;

namespace Farm.Server.Contracts.Flamenco;

/// <summary>Who gets no more tasks of a job (contracts/flamenco.md section 6.2).</summary>
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
        if (entries.Count == 0) throw FlamencoRefusal.Malformed("the list of entries to remove is empty");
        await blocklist.Remove(context.Id("job"), [.. entries.Select(entry => (entry.Uuid("worker_id"), entry.Text("task_type")))]);
        await context.AnswerNothing();
    }
}
