using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Operations;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Microsoft.Extensions.Options;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Adds entries to seeds (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed class EntryPush(FarmStore store, IOptionsMonitor<FarmLimits> limits, AuditLog audit, TimeProvider time)
{
    /// <summary>
    /// Adds entries in slices, so that others can write in between, and returns when all are on disk. Adds nothing when the seed does not accept
    /// entries. If the disk fails, the seed ends or the farm stops meanwhile, earlier slices remain.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="seedId">The seed.</param>
    /// <param name="entries">The entries, in hand-out order; at least one.</param>
    /// <returns>The id of the first entry; the others have consecutive ids.</returns>
    /// <exception cref="FarmException">The caller may not submit, or the seed is unknown, or was ended and accepts no entries (<see cref="ErrorKind.Conflict"/>); or there are
    /// too many entries or one is too long (<see cref="ErrorKind.Invalid"/>).</exception>
    public Task<long> PushAsync(Caller caller, long seedId, IReadOnlyList<NewEntry> entries) => audit.RunAsync(caller, SeedVerb.Push, async action =>
    {
        caller.Demand(Permission.SubmitJobs);
        Check(entries, limits.CurrentValue.Jobs);
        var (taskType, first) = await store.WriteAsync(tx =>
        {
            var (seed, job) = Seeds.Existing(tx, seedId);
            _ = new OpenJobTasks(tx, job);
            action.On("job", job.Uuid, job.Name);
            action.Change(null, entries.Count == 1 ? "1 entry" : $"{entries.Count} entries");
            action.Record(tx);
            return (EntryRules.TaskType(seed.EntryType), TimestampIdTable.Next(tx.Db, tx.Now, entries.Count));
        });
        var now = time.GetUtcNow();
        var rows = entries.Select((entry, i) => (
            Uuid: Guid.CreateVersion7(now), Name: EntryCommands.Name(entry),
            Commands: EntryCommands.Json(taskType, first + i, entry, now.ToUnixTimeMilliseconds())));
        foreach (var slice in TaskPreparation.Slices(rows, store.Slice, row => row.Commands.Length))
        {
            await store.WriteAsync(tx =>
            {
                var tasks = new OpenJobTasks(tx, Seeds.Existing(tx, seedId).Job);
                foreach (var (uuid, name, commands) in slice) tasks.Add(uuid, taskType, Seeds.EntryPriority, name, commands);
                tasks.Finish();
            });
        }

        return first;
    });

    /// <summary>Checks the number of entries, before they are read.</summary>
    /// <exception cref="FarmException">There are too many (<see cref="ErrorKind.Invalid"/>).</exception>
    public void CheckCount(int entries) => limits.CurrentValue.Jobs.CheckTasks(entries);

    private static void Check(IReadOnlyList<NewEntry> entries, JobSizeLimits limits)
    {
        limits.CheckTasks(entries.Count);
        foreach (var entry in entries) limits.CheckTask(EntryCommands.Name(entry), EntryCommands.Bytes(entry));
    }
}
