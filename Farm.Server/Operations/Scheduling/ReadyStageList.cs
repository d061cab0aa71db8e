using Farm.Server.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Scheduling;

/// <summary>The stages of one type and tag that have ready tasks, best first, read in batches on demand.</summary>
/// <param name="db">The session.</param>
/// <param name="workers">See <see cref="StageTable.Ready"/>.</param>
/// <param name="taskType">The task type.</param>
/// <param name="tag">The required tag; 0 for none.</param>
internal sealed class ReadyStageList(StoreSession db, IdSet workers, string taskType, long tag)
{
    private const int FirstPage = 4;
    private const int LargestPage = 256;

    private readonly List<ReadyStage> _stages = [];
    private int _page = FirstPage;
    private bool _isComplete;

    /// <summary>Orders by job priority, task priority, age of the job and index in the job (Contracts/Flamenco/Contract.md section 4.6).</summary>
    public static IComparer<ReadyStage> BestFirst { get; } = Comparer<ReadyStage>.Create(Compare);

    /// <summary>The stage at a position, from 0; false if there are not so many.</summary>
    public bool TryGet(int position, out ReadyStage stage)
    {
        while (position >= _stages.Count && !_isComplete)
        {
            var read = StageTable.Ready(db, workers, taskType, tag, _page, _stages.Count);
            _stages.AddRange(read);
            _isComplete = read.Count < _page;
            _page = Math.Min(LargestPage, _page * 2);
        }

        stage = position < _stages.Count ? _stages[position] : default;
        return position < _stages.Count;
    }

    private static int Compare(ReadyStage a, ReadyStage b)
    {
        var order = b.JobPriority.CompareTo(a.JobPriority);
        if (order == 0) order = b.Priority.CompareTo(a.Priority);
        if (order == 0) order = a.JobId.CompareTo(b.JobId);
        return order == 0 ? a.Number.CompareTo(b.Number) : order;
    }
}
