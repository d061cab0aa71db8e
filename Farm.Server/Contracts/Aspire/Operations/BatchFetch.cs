using Farm.Server.Contracts.Aspire.Domain;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>What a worker asks for (Contracts/Aspire/Contract.md section 2.2).</summary>
/// <param name="Worker">What it calls itself.</param>
/// <param name="Address">Where it calls from.</param>
/// <param name="Tags">The tags that it names.</param>
/// <param name="EntryType"><c>process</c> or <c>scan</c>; null for any.</param>
/// <param name="Connector">Only batches of this connector; null for any.</param>
/// <param name="Batches">How many batches at most; from 1.</param>
/// <param name="Items">How many entries they may hold in total; null for as many as they have.</param>
internal sealed record FetchRequest(
    string Worker, string Address, IReadOnlyList<string> Tags, string? EntryType, string? Connector, int Batches, long? Items);

/// <summary>A batch that was handed to a worker.</summary>
/// <param name="Id">Its minted id.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Entries">Its entries in the order of their place in the seed.</param>
internal sealed record SentBatch(long Id, SeedRow Seed, IReadOnlyList<SentEntry> Entries);

/// <summary>Hands out batches (Contracts/Aspire/Contract.md section 5.1).</summary>
internal sealed class BatchFetch(FarmStore store, BatchTransitions transitions, Heartbeats heartbeats, TimeProvider time)
{
    /// <summary>How many batches one call hands out at most.</summary>
    public const int MostBatches = 1000;

    /// <summary>How many entries one call hands out at most, so that the answer has a bound.</summary>
    public const int MostEntries = 100_000;

    private const int BatchesAtOnce = 50;

    /// <summary>Hands out as many batches as are asked for and there are: seeds in turn by priority, entries of a seed in their order.</summary>
    /// <exception cref="FarmException">No seed is of the connector.</exception>
    public async Task<List<SentBatch>> FetchAsync(FetchRequest request)
    {
        var sent = new List<(Batch Batch, SeedRow Seed)>();
        var entries = (int)Math.Min(request.Items ?? MostEntries, MostEntries);
        for (var goesOn = true; goesOn && sent.Count < request.Batches && entries > 0;)
        {
            var wanted = Math.Min(request.Batches - sent.Count, BatchesAtOnce);
            var portion = await store.WriteAsync(tx => Send(tx, request, wanted, entries));
            heartbeats.WorkerSeen(portion.Worker);
            sent.AddRange(portion.Sent);
            entries -= portion.Entries;
            goesOn = portion.Sent.Count > 0;
        }

        return store.Read(db => sent.ConvertAll(entry => new SentBatch(entry.Batch.Id, entry.Seed, Entries(db, entry.Batch.Id))));
    }

    private static List<SentEntry> Entries(SqliteSession db, long batch) =>
        BatchTaskTable.Entries(db, batch).ConvertAll(row => EntryCommands.Parse(row.Commands, row.Retries));

    /// <summary>One transaction's worth: no batch follows the one that reaches the number of tasks which a transaction may change.</summary>
    private (long Worker, List<(Batch, SeedRow)> Sent, int Entries) Send(WriteTransaction tx, FetchRequest request, int batches, int entries)
    {
        if (request.Connector is { } connector && !SeedTable.HasConnector(tx.Db, connector))
            throw FarmException.NotFound($"there is no connector \"{connector}\"");
        var worker = BatchWorkers.Here(tx, request.Worker, request.Address, () => Guid.CreateVersion7(time.GetUtcNow()));
        if (worker.Status == WorkerStatus.Asleep) return (worker.Id, [], 0);
        var routes = SeedTable.RoutesFor(tx.Db, request.Tags);
        var types = request.EntryType is { } type ? [EntryRules.TaskType(type)] : EntryRules.TaskTypes;
        var sent = new List<(Batch, SeedRow)>();
        var taken = 0;
        while (sent.Count < batches && taken < entries && taken < tx.Slice && InTurn(tx.Db, routes, types, request.Connector) is { } next)
        {
            var seed = SeedTable.OfJob(tx.Db, next.JobId);
            if (transitions.Send(tx, next, worker, Math.Min(seed.BatchSize, entries - taken)) is not var (batch, tasks)) break;
            sent.Add((batch, seed));
            taken += tasks;
        }

        return (worker.Id, sent, taken);
    }

    private static NextSeed? InTurn(SqliteSession db, List<long> routes, IReadOnlyList<string> types, string? connector)
    {
        NextSeed? best = null;
        foreach (var route in routes)
        {
            foreach (var type in types)
            {
                if (SeedTable.InTurn(db, route, type, connector) is { } head && (best is null || Order(head, best.Value) < 0)) best = head;
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
