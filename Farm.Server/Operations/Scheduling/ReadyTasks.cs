using Farm.Server.Domain.Tasks;
using Farm.Server.Store;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Scheduling;

/// <summary>The tasks that workers which ask at the same time could get. What one takes, the next does not see.</summary>
/// <param name="db">The session.</param>
/// <param name="workers">The workers that ask.</param>
internal sealed class ReadyTasks(StoreSession db, IdSet workers)
{
    private readonly Dictionary<(string Type, long Tag), ReadyStageList> _stages = [];
    private readonly Dictionary<long, ReadyTaskList> _tasks = [];

    /// <summary>Takes the next task for a worker; null if there is none for it.</summary>
    public FarmTask? Take(WorkerForWork worker)
    {
        foreach (var stage in Candidates(worker))
        {
            if (!_tasks.TryGetValue(stage.Id, out var tasks)) _tasks.Add(stage.Id, tasks = new ReadyTaskList(db, stage.Id, workers));
            if (tasks.Take(worker.Worker.Id) is { } task) return task;
        }

        return null;
    }

    /// <summary>
    /// The stages from which a worker could get a task, best first. Merges one sorted list per type and tag of the worker and reads
    /// only the heads, so the cost does not depend on the number of queued jobs.
    /// </summary>
    private IEnumerable<ReadyStage> Candidates(WorkerForWork worker)
    {
        var heads = new PriorityQueue<(ReadyStageList List, int Position), ReadyStage>(ReadyStageList.BestFirst);
        foreach (var type in worker.TaskTypes)
        {
            foreach (var tag in worker.Tags.Prepend(0)) Enqueue(Stages(type, tag), 0);
        }

        while (heads.TryDequeue(out var head, out var stage))
        {
            if (!stage.Blocked.Contains(worker.Worker.Id)) yield return stage;
            Enqueue(head.List, head.Position + 1);
        }

        void Enqueue(ReadyStageList list, int position)
        {
            if (list.TryGet(position, out var stage)) heads.Enqueue((list, position), stage);
        }
    }

    private ReadyStageList Stages(string type, long tag)
    {
        if (!_stages.TryGetValue((type, tag), out var list)) _stages.Add((type, tag), list = new ReadyStageList(db, workers, type, tag));
        return list;
    }
}
