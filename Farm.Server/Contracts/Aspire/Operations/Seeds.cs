using System.Text.Json;
using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>A seed as somebody wants it (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed record NewSeed
{
    /// <summary>The name for people; empty to be named after its id.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>process</c> or <c>scan</c>.</summary>
    public string EntryType { get; init; } = "process";

    /// <summary>The connector of its entries; empty when it has none.</summary>
    public string Connector { get; init; } = "";

    /// <summary>The tags of its batches, as <see cref="RoutingTags.Parse"/> orders them.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How many entries a batch holds.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Higher goes first.</summary>
    public int Priority { get; init; } = 50;
}

/// <summary>What is known of a seed.</summary>
/// <param name="Id">Its minted id.</param>
/// <param name="Job">Its job.</param>
internal sealed record SeedDetails(long Id, Job Job);

/// <summary>Seeds come into being, are looked at, paused, resumed and stopped (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed class Seeds(FarmStore store, OpenJobs open, JobControl jobs, TimeProvider time)
{
    /// <summary>The type of the job that a seed is.</summary>
    public const string JobType = "aspire";

    /// <summary>How many entries a batch can hold, so that handing it out does not hold the writer up.</summary>
    public const int LargestBatch = 1000;

    /// <summary>The priority of all tasks within a seed: first come, first served.</summary>
    public const int EntryPriority = 50;

    /// <summary>Makes a seed without entries.</summary>
    /// <returns>Its minted id.</returns>
    public Task<long> CreateAsync(NewSeed seed) => store.WriteAsync(tx =>
    {
        var id = TimestampIdTable.Next(tx.Db, tx.Now);
        var name = seed.Description.Length > 0 ? seed.Description : $"Seed {TimestampId.Text(id)}";
        var settings = JsonSerializer.Serialize(new SeedSettings(
            TimestampId.Text(id), seed.EntryType, seed.Connector, string.Join(", ", seed.Tags), seed.BatchSize), SeedJson.Default.SeedSettings);
        var job = open.Create(tx, Guid.CreateVersion7(time.GetUtcNow()), name, JobType, seed.Priority, settings: settings);
        var stage = StageTable.InsertOpen(tx.Db, JobTable.ById(tx.Db, job)!, EntryRules.TaskType(seed.EntryType), EntryPriority);
        SeedTable.Insert(tx.Db, new SeedRow(job, id, seed.EntryType, seed.Connector, seed.BatchSize), stage, seed.Tags);
        return id;
    });

    /// <summary>A seed as it is; null when there is none.</summary>
    public SeedDetails? Find(long id) => store.Read(db => SeedTable.Find(db, id)) is var (seed, job) ? new SeedDetails(seed.Id, job) : null;

    /// <summary>Hands out no more entries of a seed; what workers have goes on.</summary>
    /// <returns>False when that is so already.</returns>
    /// <exception cref="FarmException">There is no such seed, or (<see cref="ErrorKind.Conflict"/>) it is over.</exception>
    public async Task<bool> PauseAsync(long id)
    {
        var job = Existing(id);
        if (job.Status is JobStatus.PauseRequested or JobStatus.Paused) return false;
        await jobs.DoAsync(job.Uuid, JobVerb.Pause, "the seed was paused");
        return true;
    }

    /// <summary>Goes on with a seed that was paused; of one that was stopped, what is not completed is available again.</summary>
    /// <returns>False when it goes on already.</returns>
    /// <exception cref="FarmException">There is no such seed, or (<see cref="ErrorKind.Conflict"/>) it is just being stopped.</exception>
    public async Task<bool> ResumeAsync(long id)
    {
        var job = Existing(id);
        switch (job.Status)
        {
            case JobStatus.Queued or JobStatus.Active or JobStatus.Requeueing:
                return false;
            case JobStatus.PauseRequested or JobStatus.Paused:
                await jobs.DoAsync(job.Uuid, JobVerb.Resume, "the seed was resumed");
                return true;
            case JobStatus.Completed:
                // Its entries are done; only what comes from now on is to be handed out.
                await jobs.SetStatusAsync(job.Uuid, JobStatus.Queued, "the seed was resumed");
                return true;
            default:
                await jobs.DoAsync(job.Uuid, JobVerb.Requeue, "the seed was resumed");
                return true;
        }
    }

    /// <summary>Gives a seed up; workers drop what they have of it.</summary>
    /// <returns>False when it is stopped already.</returns>
    /// <exception cref="FarmException">There is no such seed.</exception>
    public async Task<bool> StopAsync(long id)
    {
        var job = Existing(id);
        if (JobRules.IsOver(job.Status) || job.Status == JobStatus.CancelRequested) return false;
        await jobs.DoAsync(job.Uuid, JobVerb.Cancel, "the seed was stopped");
        return true;
    }

    /// <summary>The seed with an id and its job, within a transaction.</summary>
    /// <exception cref="FarmException">There is no such seed.</exception>
    public static (SeedRow Seed, Job Job) Existing(WriteTransaction tx, long id) => SeedTable.Find(tx.Db, id) ?? throw NoSuchSeed(id);

    private Job Existing(long id) => Find(id)?.Job ?? throw NoSuchSeed(id);

    private static FarmException NoSuchSeed(long id) => FarmException.NotFound($"there is no seed {TimestampId.Text(id)}");
}
