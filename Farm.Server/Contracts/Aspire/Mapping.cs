using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Messages;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Domain.Jobs;

namespace Farm.Server.Contracts.Aspire;

/// <summary>Maps batches and seeds to messages of this protocol.</summary>
internal static class Mapping
{
    /// <summary>A batch that was handed out (Contracts/Aspire/Contract.md section 3.2).</summary>
    public static BatchMessage Message(SentBatch batch) => new(
        TimestampId.Text(batch.Id), batch.Seed.EntryType, TimestampId.Text(batch.Seed.Id), batch.Seed.Connector,
        [.. batch.Entries.Select(entry => Message(batch.Seed.EntryType, entry))]);

    /// <summary>A seed. Paused and pended entries count as available, canceled ones as failed.</summary>
    public static SeedMessage Message(SeedDetails seed)
    {
        var tasks = seed.Job.Tasks;
        return new SeedMessage(
            TimestampId.Text(seed.Id), seed.Job.Name, new CrawlMessage(State(seed.Job.Status)),
            new ItemsMessage(
                tasks.Queued + tasks.SoftFailed + tasks.Paused + tasks.Pended, tasks.Active, tasks.Completed, tasks.Failed + tasks.Canceled));
    }

    /// <summary>The name of a seed's state.</summary>
    public static string State(JobStatus status) => status switch
    {
        JobStatus.Queued or JobStatus.Active => "running",
        JobStatus.PauseRequested => "pausing",
        JobStatus.Paused => "paused",
        JobStatus.CancelRequested => "stopping",
        JobStatus.Canceled => "stopped",
        JobStatus.Completed => "completed",
        JobStatus.Failed => "failed",
        _ => "starting",
    };

    private static EntryMessage Message(string entryType, SentEntry entry) => new()
    {
        Id = entry.Id,
        Url = entry.Url,
        Type = entry.ItemType,
        Action = entry.Action,
        Timestamp = entry.Timestamp,
        ShouldScan = entryType == "scan",
        ShouldProcess = entryType == "process",
        InCrawlRetries = entry.Retries,
        Metadata = entry.Metadata,
    };
}
