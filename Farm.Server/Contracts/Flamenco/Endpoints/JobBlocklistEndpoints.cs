using Farm.Server.Contracts.Flamenco.Messages;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Jobs;

namespace Farm.Server.Contracts.Flamenco.Endpoints;

/// <summary>The blocklist of a job (Contracts/Flamenco/Contract.md section 6.2).</summary>
internal sealed class JobBlocklistEndpoints(JobBlocklist blocklist)
{
    /// <summary>fetchJobBlocklist.</summary>
    public Task FetchAsync(HttpContext context) => context.RespondAsync(
        [.. blocklist.Of(context.Id("job")).Select(entry => new BlocklistEntry(entry.Worker, entry.TaskType, entry.WorkerName))],
        FlamencoJson.Default.BlocklistEntryArray);

    /// <summary>removeJobBlocklist.</summary>
    public async Task RemoveAsync(HttpContext context)
    {
        var entries = await RequestBody.ReadListAsync(context);
        if (entries.Count == 0) throw FlamencoException.Malformed("the list of entries to remove is empty");
        await blocklist.RemoveAsync(context.Caller(), context.Id("job"), [.. entries.Select(entry => (entry.Uuid("worker_id"), entry.Text("task_type")))]);
        await context.RespondNoContentAsync();
    }
}
