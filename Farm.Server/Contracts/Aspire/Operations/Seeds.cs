using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>A seed to create (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed record NewSeed
{
    /// <summary>Its name; empty to use its id.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>process</c> or <c>scan</c>.</summary>
    public string EntryType { get; init; } = "process";

    /// <summary>The connector of its entries; empty when it has none.</summary>
    public string Connector { get; init; } = "";

    /// <summary>Its routing tags, sorted as by <see cref="RoutingTags.Parse"/>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The most entries in a batch.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; } = 50;
}

/// <summary>A seed and its job.</summary>
/// <param name="Id">Its <see cref="TimestampId"/>.</param>
/// <param name="Job">Its job.</param>
internal sealed record SeedDetails(long Id, Job Job);

/// <summary>Creates, finds, pauses, resumes and stops seeds (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed class Seeds(IReadStore store, OpenJobs open, JobControl jobs, AuditLog audit, TimeProvider time)
{
    /// <summary>The job type of seeds.</summary>
    public const string JobType = "aspire";

    /// <summary>The largest batch size; larger batches would block the writer.</summary>
    public const int MaxBatchSize = 1000;

    /// <summary>The priority of every task in a seed, so that tasks run in order.</summary>
    public const int EntryPriority = 50;

    /// <summary>Creates a seed without entries.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="FarmException">The caller may not submit.</exception>
    public Task<long> CreateAsync(Caller caller, NewSeed seed) => audit.WriteAsync(caller, SeedVerb.Create, (tx, action) =>
    {
        var id = TimestampIdTable.Next(tx.Db, tx.Now);
        var name = seed.Description.Length > 0 ? seed.Description : $"Seed {TimestampId.Text(id)}";
        var settings = JsonSerializer.Serialize(new SeedSettings(
            TimestampId.Text(id), seed.EntryType, seed.Connector, string.Join(", ", seed.Tags), seed.BatchSize), SeedJson.Default.SeedSettings);
        var uuid = Guid.CreateVersion7(time.GetUtcNow());
        action.On("job", uuid, name);
        action.Change(null, $"{seed.EntryType}, priority {seed.Priority}");
        var job = open.Create(tx, caller, uuid, name, JobType, seed.Priority, settings: settings);
        var stage = StageTable.InsertOpen(tx.Db, JobTable.ById(tx.Db, job)!, EntryRules.TaskType(seed.EntryType), EntryPriority);
        SeedTable.Insert(tx.Db, new SeedRow(job, id, seed.EntryType, seed.Connector, seed.BatchSize), stage, seed.Tags);
        return id;
    });

    /// <summary>The seed with this id, or null.</summary>
    public SeedDetails? Find(long id) => store.Read(db => SeedTable.Find(db, id)) is var (seed, job) ? new SeedDetails(seed.Id, job) : null;

    /// <summary>Pauses a seed: no more entries are handed out, but workers keep what they hold.</summary>
    /// <returns>False when it is already paused.</returns>
    /// <exception cref="FarmException">The caller may not control the seed, it is unknown, or has ended (<see cref="ErrorKind.Conflict"/>).</exception>
    public async Task<bool> PauseAsync(Caller caller, long id)
    {
        var job = Existing(id);
        if (job.Status is JobStatus.PauseRequested or JobStatus.Paused) return false;
        await jobs.DoAsync(caller, job.Uuid, JobVerb.Pause, "the seed was paused");
        return true;
    }

    /// <summary>Resumes a paused seed, or requeues the entries of a stopped one that are not completed.</summary>
    /// <returns>False when it is already running.</returns>
    /// <exception cref="FarmException">The caller may not control the seed, it is unknown, or is just being stopped (<see cref="ErrorKind.Conflict"/>).</exception>
    public async Task<bool> ResumeAsync(Caller caller, long id)
    {
        var job = Existing(id);
        switch (job.Status)
        {
            case JobStatus.Queued or JobStatus.Active or JobStatus.Requeueing:
                return false;
            case JobStatus.PauseRequested or JobStatus.Paused:
                await jobs.DoAsync(caller, job.Uuid, JobVerb.Resume, "the seed was resumed");
                return true;
            case JobStatus.Completed:
                // Its entries stay completed; only new entries are handed out.
                await jobs.SetStatusAsync(caller, job.Uuid, JobStatus.Queued, "the seed was resumed");
                return true;
            default:
                await jobs.DoAsync(caller, job.Uuid, JobVerb.Requeue, "the seed was resumed");
                return true;
        }
    }

    /// <summary>Stops a seed; workers drop its entries.</summary>
    /// <returns>False when it is already stopped.</returns>
    /// <exception cref="FarmException">The caller may not control the seed, or it is unknown.</exception>
    public async Task<bool> StopAsync(Caller caller, long id)
    {
        var job = Existing(id);
        if (JobRules.IsOver(job.Status) || job.Status == JobStatus.CancelRequested) return false;
        await jobs.DoAsync(caller, job.Uuid, JobVerb.Cancel, "the seed was stopped");
        return true;
    }

    /// <summary>The seed with this id and its job, in a transaction.</summary>
    /// <exception cref="FarmException">The seed is unknown.</exception>
    public static (SeedRow Seed, Job Job) Existing(WriteTransaction tx, long id) => SeedTable.Find(tx.Db, id) ?? throw NoSuchSeed(id);

    private Job Existing(long id) => Find(id)?.Job ?? throw NoSuchSeed(id);

    private static FarmException NoSuchSeed(long id) => FarmException.NotFound($"no such seed: {TimestampId.Text(id)}");
}
