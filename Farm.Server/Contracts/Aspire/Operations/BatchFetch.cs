using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Requests;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>A worker's request for batches (Contracts/Aspire/Contract.md section 2.2).</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Address">Its network address.</param>
/// <param name="Tags">Its routing tags.</param>
/// <param name="EntryType"><c>process</c> or <c>scan</c>; null for any.</param>
/// <param name="Connector">Only batches of this connector; null for any.</param>
/// <param name="Batches">The most batches to return; at least 1.</param>
/// <param name="Items">The most entries in total; null for no limit.</param>
internal sealed record FetchRequest(
    string Worker, string Address, IReadOnlyList<string> Tags, string? EntryType, string? Connector, int Batches, long? Items);

/// <summary>A batch that was sent to a worker.</summary>
/// <param name="Id">Its <see cref="TimestampId"/>.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Entries">Its entries, in the order of the seed.</param>
internal sealed record SentBatch(long Id, SeedRow Seed, IReadOnlyList<SentEntry> Entries);

/// <summary>Hands out batches (Contracts/Aspire/Contract.md section 5.1).</summary>
internal sealed class BatchFetch(FarmStore store, BatchTransitions transitions, Heartbeats heartbeats, TimeProvider time)
{
    /// <summary>The most batches per request.</summary>
    public const int MaxBatches = 1000;

    /// <summary>The most entries per request, to limit the response.</summary>
    public const int MaxEntries = 100_000;

    private const int BatchesPerTransaction = 50;

    /// <summary>
    /// Hands out up to the requested number of batches: highest priority first, round-robin between seeds, entries in order. A worker that is not
    /// approved gets none.
    /// </summary>
    /// <exception cref="FarmException">No seed has the connector (not found), or the request was carried out before (conflict).</exception>
    public async Task<List<SentBatch>> FetchAsync(Caller caller, FetchRequest request)
    {
        var sent = new List<(Batch Batch, SeedRow Seed)>();
        var entries = (int)Math.Min(request.Items ?? MaxEntries, MaxEntries);
        for (var hasMore = true; hasMore && sent.Count < request.Batches && entries > 0;)
        {
            var wanted = Math.Min(request.Batches - sent.Count, BatchesPerTransaction);
            var part = await store.WriteAsync(tx => Send(tx, caller, request, wanted, entries));
            heartbeats.WorkerSeen(part.Worker);
            sent.AddRange(part.Sent);
            entries -= part.Entries;
            hasMore = part.Sent.Count > 0;
        }

        return store.Read(db => sent.ConvertAll(entry => new SentBatch(entry.Batch.Id, entry.Seed, Entries(db, entry.Batch.Id))));
    }

    private static List<SentEntry> Entries(StoreSession db, long batch) =>
        BatchTaskTable.Entries(db, batch).ConvertAll(row => EntryCommands.Parse(row.Commands, row.Retries));

    /// <summary>Hands out batches in one transaction, until it has changed a slice of tasks.</summary>
    private (long Worker, List<(Batch, SeedRow)> Sent, int Entries) Send(WriteTransaction tx, Caller caller, FetchRequest request, int batches, int entries)
    {
        if (request.Connector is { } connector && !SeedTable.HasConnector(tx.Db, connector))
            throw FarmException.NotFound($"no such connector: \"{connector}\"");
        var worker = BatchWorkers.GetOrRegister(tx, caller, request.Worker, request.Address, () => Guid.CreateVersion7(time.GetUtcNow()));
        if (worker is { Status: WorkerStatus.Asleep } or { IsApproved: false }) return (worker.Id, [], 0);
        var routes = SeedTable.RoutesFor(tx.Db, request.Tags);
        var types = request.EntryType is { } type ? [EntryRules.TaskType(type)] : EntryRules.TaskTypes;
        var sent = new List<(Batch, SeedRow)>();
        var taken = 0;
        while (sent.Count < batches && taken < entries && taken < tx.Slice && Next(tx.Db, routes, types, request.Connector) is { } next)
        {
            var seed = SeedTable.OfJob(tx.Db, next.JobId);
            if (caller.Key is { } key) RepeatedRequests.Claim(tx, key, $"batches for worker {request.Worker}");
            if (transitions.Send(tx, next, worker, Math.Min(seed.BatchSize, entries - taken)) is not var (batch, tasks)) break;
            sent.Add((batch, seed));
            taken += tasks;
        }

        return (worker.Id, sent, taken);
    }

    private static NextSeed? Next(StoreSession db, List<long> routes, IReadOnlyList<string> types, string? connector)
    {
        NextSeed? best = null;
        foreach (var route in routes)
        {
            foreach (var type in types)
            {
                if (SeedTable.Next(db, route, type, connector) is { } head && (best is null || Order(head, best.Value) < 0)) best = head;
            }
        }

        return best;
    }

    private static int Order(NextSeed a, NextSeed b)
    {
        var order = b.JobPriority.CompareTo(a.JobPriority);
        if (order == 0) order = a.Turn.CompareTo(b.Turn);
        return order == 0 ? a.StageId.CompareTo(b.StageId) : order;
    }
}
