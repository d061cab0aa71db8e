using Farm.Server.Domain;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>Adds tasks to a job that stays open, within one transaction: any number of <see cref="Add"/>, then <see cref="Finish"/>.</summary>
internal sealed class OpenJobTasks
{
    private readonly WriteTransaction _tx;
    private readonly Job _job;
    private readonly TaskStatus _status;
    private readonly Dictionary<(string Type, int Priority), Stage> _stages = [];
    private long _next;
    private long _steps;

    /// <summary>Starts adding tasks.</summary>
    /// <exception cref="FarmException">The job is being deleted (not found), or a person ended it (conflict).</exception>
    public OpenJobTasks(WriteTransaction tx, Job job)
    {
        if (job.BulkUpdate == BulkUpdate.Delete) throw FarmException.NotFound("this job is being deleted");
        _status = OpenJobRules.NewTaskStatus(job.Status)
            ?? throw FarmException.Conflict($"\"{job.Name}\" is {job.Status.Name()} and accepts no more tasks; requeue it to reopen it");
        (_tx, _job, _next) = (tx, job, job.Tasks.Total);
    }

    /// <summary>Adds one task, behind existing ones of the same type and priority.</summary>
    /// <param name="uuid">The id that clients see.</param>
    /// <param name="taskType">What a worker must support.</param>
    /// <param name="priority">Higher runs first within the job.</param>
    /// <param name="name">The display name.</param>
    /// <param name="commands">Its commands, as <see cref="CommandDraftJson"/> writes them.</param>
    /// <returns>The id of the task in the store.</returns>
    public long Add(Guid uuid, string taskType, int priority, string name, string commands)
    {
        var stage = StageFor(taskType, priority);
        var list = NewJobTable.InsertCommands(_tx.Db, _job.Id, commands);
        var task = new NewTaskRow(Stage: 0, uuid, name, new NewCommandList(commands), StepsTotal: 1);
        var id = NewJobTable.InsertTask(_tx.Db, _job.Id, stage.Id, _next++, task, list, _tx.Now, _status);
        stage.Tasks++;
        _steps++;
        return id;
    }

    /// <summary>Updates the counters and notifies subscribers.</summary>
    public void Finish()
    {
        foreach (var stage in _stages.Values) StageTable.AddTasks(_tx.Db, stage.Id, _status, stage.Tasks);
        JobTable.AddTasks(_tx.Db, _job.Id, _status, _next - _job.Tasks.Total, _steps, _tx.Now);
        _tx.Publish(new FarmEvent(FarmEventKind.Tasks, _job.Uuid));
    }

    private Stage StageFor(string taskType, int priority)
    {
        if (_stages.TryGetValue((taskType, priority), out var known)) return known;
        var id = StageTable.FindOpen(_tx.Db, _job.Id, taskType, priority);
        var stage = new Stage(id > 0 ? id : StageTable.InsertOpen(_tx.Db, _job, taskType, priority));
        _stages.Add((taskType, priority), stage);
        return stage;
    }

    private sealed class Stage(long id)
    {
        public long Id => id;

        public long Tasks { get; set; }
    }
}
