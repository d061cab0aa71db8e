using System.Collections.Concurrent;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Heartbeats of workers and tasks, collected in memory and written together once a second. Nothing else may be lost in a crash
/// (Docs/design.md section 3).
/// </summary>
internal sealed class Heartbeats(FarmStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, long> _workers = new();
    private readonly ConcurrentDictionary<long, long> _tasks = new();

    /// <summary>Records a sign of life of a worker (Contracts/Flamenco/Contract.md section 1.5).</summary>
    public void WorkerSeen(long workerId) => _workers[workerId] = Now;

    /// <summary>Records an update of a task.</summary>
    public void TaskTouched(long taskId) => _tasks[taskId] = Now;

    /// <summary>Writes the collected heartbeats. On failure they are kept and retried; otherwise workers would time out while the disk is full.</summary>
    public async Task FlushAsync()
    {
        if (_workers.IsEmpty && _tasks.IsEmpty) return;
        var workers = _workers.ToArray();
        var tasks = _tasks.ToArray();
        await store.WriteAsync(tx =>
        {
            foreach (var (ids, at) in BySecond(workers)) WorkerTable.SetSeen(tx.Db, ids, at);
            foreach (var (ids, at) in BySecond(tasks)) TaskTable.Touch(tx.Db, ids, at);
        });
        // Removes only what was written; a newer heartbeat stays.
        foreach (var written in workers) _workers.TryRemove(written);
        foreach (var written in tasks) _tasks.TryRemove(written);
    }

    /// <summary>Those of one second get the time of the last, so that thousands need few statements.</summary>
    private static IEnumerable<(IEnumerable<long> Ids, long At)> BySecond(KeyValuePair<long, long>[] heartbeats) => heartbeats
        .GroupBy(heartbeat => heartbeat.Value / 1000)
        .Select(second => (second.Select(heartbeat => heartbeat.Key), second.Max(heartbeat => heartbeat.Value)));

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
