using System.Collections.Concurrent;
using Farm.Server.Store;

namespace Farm.Server.Operations.Workers;

/// <summary>
/// Signs of life of workers and tasks, gathered in memory and written in bulk once a second: the only thing that a crash may lose
/// (DESIGN section 3).
/// </summary>
internal sealed class Heartbeats(FarmStore store, TimeProvider time)
{
    private ConcurrentDictionary<long, long> _workers = new();
    private ConcurrentDictionary<long, long> _tasks = new();

    /// <summary>The worker was heard from (contracts/flamenco.md section 1.5).</summary>
    public void WorkerSeen(long workerId) => _workers[workerId] = Now;

    /// <summary>The task was heard of.</summary>
    public void TaskTouched(long taskId) => _tasks[taskId] = Now;

    /// <summary>Writes what was gathered.</summary>
    public Task Flush()
    {
        if (_workers.IsEmpty && _tasks.IsEmpty) return Task.CompletedTask;
        var workers = Interlocked.Exchange(ref _workers, new());
        var tasks = Interlocked.Exchange(ref _tasks, new());
        return store.Write(tx =>
        {
            foreach (var (id, at) in workers) WorkerRows.SetSeen(tx.Db, id, at);
            foreach (var (id, at) in tasks) TaskRows.Touch(tx.Db, id, at);
        });
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
