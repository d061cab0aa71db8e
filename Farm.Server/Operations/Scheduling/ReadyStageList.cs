using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Scheduling;

/// <summary>The stages of one type and tag that have ready tasks, best first, read in small batches on demand.</summary>
internal sealed class ReadyStageList(StoreSession db, long worker, string taskType, long tag)
{
    private const int Page = 4;

    private List<ReadyStage> _page = [];
    private int _next;
    private int _read;

    /// <summary>Orders by job priority, task priority, age of the job and index in the job (Contracts/Flamenco/Contract.md section 4.6).</summary>
    public static IComparer<ReadyStage> BestFirst { get; } = Comparer<ReadyStage>.Create(Compare);

    /// <summary>The current stage; only valid after <see cref="MoveNext"/> returned true.</summary>
    public ReadyStage Head { get; private set; }

    /// <summary>Moves to the next stage; false if there is none.</summary>
    public bool MoveNext()
    {
        if (_next == _page.Count)
        {
            if (_read > 0 && _page.Count < Page) return false;
            _page = StageTable.Ready(db, worker, taskType, tag, Page, _read);
            _read += _page.Count;
            _next = 0;
            if (_page.Count == 0) return false;
        }

        Head = _page[_next++];
        return true;
    }

    private static int Compare(ReadyStage a, ReadyStage b)
    {
        var order = b.JobPriority.CompareTo(a.JobPriority);
        if (order == 0) order = b.Priority.CompareTo(a.Priority);
        if (order == 0) order = a.JobId.CompareTo(b.JobId);
        return order == 0 ? a.Number.CompareTo(b.Number) : order;
    }
}
