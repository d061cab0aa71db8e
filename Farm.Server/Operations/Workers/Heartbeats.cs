using System.Collections.Concurrent;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Signs of life of workers and tasks, gathered in memory and written in bulk once a second: the only thing that a crash may lose
/// (Docs/design.md section 3).
/// </summary>
internal sealed class Heartbeats(FarmStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<long, long> _workers = new();
    private readonly ConcurrentDictionary<long, long> _tasks = new();

    /// <summary>The worker was heard from (Contracts/Flamenco/Contract.md section 1.5).</summary>
    public void WorkerSeen(long workerId) => _workers[workerId] = Now;

    /// <summary>The task was heard of.</summary>
    public void TaskTouched(long taskId) => _tasks[taskId] = Now;

    /// <summary>Writes what was gathered. What cannot be written is kept for the next time, or a full disk would make workers look silent.</summary>
    public async Task FlushAsync()
    {
        if (_workers.IsEmpty && _tasks.IsEmpty) return;
        var workers = _workers.ToArray();
        var tasks = _tasks.ToArray();
        await store.WriteAsync(tx =>
        {
            foreach (var (id, at) in workers) WorkerTable.SetSeen(tx.Db, id, at);
            foreach (var (id, at) in tasks) TaskTable.Touch(tx.Db, id, at);
        });
        // Only what was written: a newer sign of life stays.
        foreach (var written in workers) _workers.TryRemove(written);
        foreach (var written in tasks) _tasks.TryRemove(written);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
