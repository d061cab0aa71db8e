using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations.Transitions;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Jobs;

/// <summary>The state of one job while its tasks are being written. Its methods run inside write transactions, one at a time.</summary>
internal sealed class JobConstruction(JobTransitions transitions)
{
    /// <summary>The length of the parts of long texts that one transaction writes, in characters.</summary>
    private const int MaxTextLength = 4 * LongText.PartLength;

    private readonly Queue<NewTextPart> _texts = [];
    private List<long> _stages = [];
    private long _next;
    private Guid _uuid;
    private Guid? _manager;

    /// <summary>The job, once <see cref="Begin"/> or <see cref="Continue"/> was called.</summary>
    public long JobId { get; private set; }

    /// <summary>Whether long texts are left to be written (<see cref="WriteTexts"/>), before the tasks.</summary>
    public bool HasTexts => _texts.Count > 0;

    /// <summary>Whether tasks have long commands that are left to be written (<see cref="WriteCommands"/>).</summary>
    public static bool HaveLongCommands(NewTaskRow[] tasks) => tasks.Any(task => task.Commands is { Id: null, Text: var text } && LongText.IsLong(text));

    /// <summary>Writes the job and its stages, without their long texts.</summary>
    public void Begin(WriteTransaction tx, NewJobRow row, JobDraft draft)
    {
        JobId = NewJobTable.Insert(tx.Db, row);
        _uuid = row.Uuid;
        for (var number = 0; number < draft.Stages.Count; number++)
        {
            var stage = draft.Stages[number];
            _stages.Add(StageTable.Insert(
                tx.Db, JobId, number, new NewStage(stage.Name, stage.TaskType, stage.Priority, stage.FailureIsFinal), row.Priority, row.WorkerTagId));
            foreach (var on in stage.DependsOn) StageTable.InsertDependency(tx.Db, _stages[number], _stages[on]);
            if (stage.SharedText is { } shared)
            {
                StageTable.SetSharedParameters(tx.Db, _stages[number], LongText.InRow(shared));
                Add(LongTextOwner.SharedParameters, _stages[number], shared);
            }

            if (stage.WorkerTag is not null) StageTable.SetOwnTag(tx.Db, _stages[number], StageTags.Find(tx.Db, stage, row.WorkerTagId));
        }

        if (draft.Source is { } source)
        {
            StoredSubmissionTable.InsertSource(tx.Db, JobId, LongText.InRow(source));
            Add(LongTextOwner.Source, JobId, source);
        }

        Add(LongTextOwner.Settings, JobId, row.Settings);
        Add(LongTextOwner.Metadata, JobId, row.Metadata);
    }

    /// <summary>Writes long texts, as much as fits into one transaction.</summary>
    public bool WriteTexts(WriteTransaction tx)
    {
        for (var length = 0; length < MaxTextLength && _texts.TryDequeue(out var part); length += part.Text.Length) LongTextTable.Insert(tx.Db, JobId, part);
        return true;
    }

    /// <summary>Starts to write the long commands of the next tasks.</summary>
    public bool WriteCommands(WriteTransaction tx, NewTaskRow[] tasks)
    {
        foreach (var list in tasks.Select(task => task.Commands).Where(list => LongText.IsLong(list.Text)))
        {
            if (list.Id is null) Add(LongTextOwner.Commands, CommandList(tx, list), list.Text);
        }

        return WriteTexts(tx);
    }

    /// <summary>Lets a manager write the rest of the tasks; another that was at it stops.</summary>
    public void Claim(WriteTransaction tx, Guid manager)
    {
        _manager = manager;
        NewJobTable.SetBuilder(tx.Db, JobId, manager);
    }

    /// <summary>Resumes a job that an earlier run or another manager began.</summary>
    public void Continue(WriteTransaction tx, Job job)
    {
        JobId = job.Id;
        _uuid = job.Uuid;
        _stages = StageTable.OfJob(tx.Db, job.Id);
        _next = job.Tasks.Total;
    }

    /// <summary>False if the job was deleted meanwhile, or another manager claimed it.</summary>
    public bool IsStillWanted(WriteTransaction tx) =>
        JobTable.ById(tx.Db, JobId) is { BulkUpdate: BulkUpdate.Construct } && NewJobTable.Builder(tx.Db, JobId) == _manager;

    /// <summary>Writes the next tasks and all long texts at once. Only for few.</summary>
    public void WriteWhole(WriteTransaction tx, NewTaskRow[] tasks)
    {
        WriteCommands(tx, tasks);
        while (HasTexts) WriteTexts(tx);
        WriteSlice(tx, tasks);
    }

    /// <summary>Writes the next tasks.</summary>
    public bool WriteSlice(WriteTransaction tx, NewTaskRow[] tasks)
    {
        var next = _next;
        foreach (var task in tasks)
        {
            NewJobTable.InsertTask(tx.Db, JobId, _stages[task.Stage], next, task, CommandList(tx, task.Commands), tx.Now);
            next++;
        }

        foreach (var stage in tasks.CountBy(task => task.Stage))
            NewJobTable.Count(tx.Db, JobId, _stages[stage.Key], stage.Value, tx.Now);
        _next = next;
        tx.Publish(new FarmEvent(FarmEventKind.Tasks, _uuid));
        return true;
    }

    /// <summary>Ends construction after the last task, so that tasks can be handed out.</summary>
    public void Finish(WriteTransaction tx)
    {
        StageTable.CountDependencies(tx.Db, JobId);
        JobTable.SetBulkUpdate(tx.Db, JobId, null);
        var job = JobTable.ById(tx.Db, JobId)!;
        transitions.SetStatus(tx, job, NewJobTable.StatusAfterBuild(tx.Db, JobId), "submitted");
    }

    private long CommandList(WriteTransaction tx, NewCommandList list) =>
        list.Id ??= NewJobTable.InsertCommands(tx.Db, JobId, LongText.InRow(list.Text), list.Base?.Id);

    private void Add(LongTextOwner owner, long id, string text)
    {
        if (!LongText.IsLong(text)) return;
        var number = 0;
        foreach (var part in LongText.Parts(text)) _texts.Enqueue(new NewTextPart(owner, id, number++, part));
    }
}
