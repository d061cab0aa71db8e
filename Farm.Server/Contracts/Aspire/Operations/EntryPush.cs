using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Adds entries to seeds (Contracts/Aspire/Contract.md section 6).</summary>
internal sealed class EntryPush(FarmStore store, TimeProvider time)
{
    /// <summary>
    /// Adds entries in slices, with other writers in between, and answers when the last is on disk. Nothing is added when the seed takes none; only when the
    /// disk refuses, the seed is ended or the farm dies halfway, those of the slices before are there.
    /// </summary>
    /// <param name="seedId">The seed.</param>
    /// <param name="entries">The entries in the order in which they will be handed out; at least one.</param>
    /// <returns>The minted id of the first; the others follow one another.</returns>
    /// <exception cref="FarmException">There is no such seed, or it takes no entries because people ended it (<see cref="ErrorKind.Conflict"/>).</exception>
    public async Task<long> PushAsync(long seedId, IReadOnlyList<NewEntry> entries)
    {
        var (taskType, first) = await store.WriteAsync(tx =>
        {
            var (seed, job) = Seeds.Existing(tx, seedId);
            _ = new OpenJobTasks(tx, job);
            return (EntryRules.TaskType(seed.EntryType), TimestampIdTable.Next(tx.Db, tx.Now, entries.Count));
        });
        var now = time.GetUtcNow();
        var from = 0;
        foreach (var slice in entries.Chunk(store.Slice))
        {
            var start = first + from;
            var rows = slice.Select((entry, i) => (
                Uuid: Guid.CreateVersion7(now), Name: EntryCommands.Name(entry),
                Commands: EntryCommands.Json(taskType, start + i, entry, now.ToUnixTimeMilliseconds()))).ToList();
            await store.WriteAsync(tx =>
            {
                var tasks = new OpenJobTasks(tx, Seeds.Existing(tx, seedId).Job);
                foreach (var (uuid, name, commands) in rows) tasks.Add(uuid, taskType, Seeds.EntryPriority, name, commands);
                tasks.Finish();
            });
            from += slice.Length;
        }

        return first;
    }
}
