using Farm.Server.Domain.Tasks;
using Farm.Server.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Scheduling;

/// <summary>The ready tasks of a stage that nobody took yet, in their order, read in batches on demand.</summary>
/// <param name="db">The session.</param>
/// <param name="stageId">The stage.</param>
/// <param name="workers">The workers that ask.</param>
internal sealed class ReadyTaskList(StoreSession db, long stageId, IdSet workers)
{
    private const int Growth = 4;
    private const int LargestPage = 1024;

    private readonly List<(FarmTask Task, long[] FailedOn)> _tasks = [];
    private int _page = workers.Count;
    private long _from;
    private bool _isComplete;

    /// <summary>Takes the first task that a worker has not failed; null if there is none.</summary>
    public FarmTask? Take(long workerId)
    {
        for (var i = 0; i < _tasks.Count || TryRead(); i++)
        {
            var (task, failedOn) = _tasks[i];
            if (failedOn.Contains(workerId)) continue;
            _tasks.RemoveAt(i);
            return task;
        }

        return null;
    }

    private bool TryRead()
    {
        if (_isComplete) return false;
        var read = TaskTable.Ready(db, stageId, _from, _page, workers);
        _isComplete = read.Count < _page;
        _page = Math.Min(LargestPage, _page * Growth);
        if (read.Count == 0) return false;
        _from = read[^1].Task.Index + 1;
        _tasks.AddRange(read);
        return true;
    }
}
