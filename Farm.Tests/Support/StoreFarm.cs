using System.Text.Json.Nodes;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Flamenco.Operations;
using Farm.Server.Contracts.FlowServ.Operations;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.Domain.Variables;
using Farm.Server.Domain.Workers;
using Farm.Server.JobTypes;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations;
using Farm.Server.Operations.Audit;
using Farm.Server.Operations.Jobs;
using Farm.Server.Operations.Managers;
using Farm.Server.Operations.Scheduling;
using Farm.Server.Operations.Tasks;
using Farm.Server.Operations.Transitions;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Support;

/// <summary>The store and all operations on a real database file, without a web server.</summary>
internal sealed class StoreFarm : IAsyncDisposable
{
    public StoreFarm(
        string directory, TimeProvider? time = null, FarmLimits? limits = null, int slice = 2000, string? engine = null, string? database = null)
    {
        Time = time ?? new ManualTime();
        Limits = limits ?? new FarmLimits();
        Directory = new DataDirectory(directory);
        Store = FarmStore.Open(
            Directory, Time, Events, NullLogger.Instance, ProtocolSchemas.All, slice, database ?? TestDatabase.Of(directory, engine));
        var live = new FixedOptions<FarmLimits>(Limits);
        Heartbeats = new Heartbeats(Store, Time);
        var kinds = new JobKinds([new ProjectKind(), new SeedKind(), new RunKind()]);
        Changes = new TaskChanges(kinds);
        Slices = new TaskSlices(Changes);
        var deletion = new JobDeletion(kinds);
        JobTransitions = new JobTransitions(kinds, Slices, deletion);
        Transitions = new TaskTransitions(Changes, JobTransitions);
        Requeue = new TaskRequeue(Transitions);
        OpenJobs = new OpenJobs(JobTransitions);
        BatchTransitions = new BatchTransitions(Transitions);
        var returns = new BatchRequeue(Store, BatchTransitions);
        Protocols = new WorkerProtocols([new FlamencoWorkers(), new TrackerWorkerProtocol(), new AspireWorkers(returns)]);
        var failures = new TaskFailures(Transitions, Changes, Requeue, JobTransitions);
        Scheduler = new Scheduler(Store, Transitions, Events, Time);
        Reports = new TaskUpdates(Store, Transitions, failures, live);
        Permission = new RunPermission(Store, Heartbeats);
        Audit = new AuditLog(Store, Time, NullLogger<AuditLog>.Instance);
        Tasks = new TaskControl(Transitions, Audit);
        Commands = new TaskCommands(Store, Slices, JobTransitions, Audit);
        Jobs = new JobControl(Store, JobTransitions, deletion, Audit);
        Builder = new JobBuilder(Store, JobTransitions, Events, Time);
        var variables = new FixedOptions<VariableTable>(new VariableTable([], "linux", null));
        Submitter = new JobSubmitter(
            Store, Builder, JobTransitions, new JobTypeRegistry([new StagedJobType()]), variables, live, Audit, Time, NullLogger<JobSubmitter>.Instance);
        Managers = new ManagerGroup(Store, new ManagerName("test", "1"), Events, Time, TimeProvider.System, NullLogger<ManagerGroup>.Instance);
        BulkUpdates = new BulkUpdateService(Store, Submitter, JobTransitions, [], Managers, Events, NullLogger<BulkUpdateService>.Instance);
        var authentication = new WorkerAuthentication(Store, Events, Time);
        Registry = new WorkerRegistry(Store, Requeue, Protocols, authentication, Audit, Time, NullLogger<WorkerRegistry>.Instance);
        Presence = new WorkerPresence(Store, Requeue, failures, Protocols, live, Audit, Time, NullLogger<WorkerPresence>.Instance);
        var batches = new BatchSettings();
        Seeds = new Seeds(Store, OpenJobs, Jobs, Audit, Time);
        Push = new EntryPush(Store, live, Audit, Time);
        Fetch = new BatchFetch(Store, BatchTransitions, Heartbeats, Time);
        Batches = new BatchControl(Store, BatchTransitions, Heartbeats, batches);
        Releases = new BatchReleases(
            Store, returns, new ReleaseForwarder(Store, batches, _ => true, Time, NullLogger<ReleaseForwarder>.Instance), Audit, NullLogger<BatchReleases>.Instance);
        Lost = new LostWorkers(Store, returns, batches, Heartbeats, Managers, Time, NullLogger<LostWorkers>.Instance);
        Tracker = new TrackerOperations(this, live);
        Timeouts = new Timeouts(Store, Transitions, Requeue, Protocols, live, Heartbeats, Managers, Time, NullLogger<Timeouts>.Instance);
    }

    /// <summary>Starts operations while the writer is held up, so that those of one kind are written together.</summary>
    public List<Task<T>> Together<T>(Func<IEnumerable<Task<T>>> start)
    {
        using var gate = new ManualResetEventSlim();
        var holdUp = Store.WriteAsync(_ => gate.Wait());
        var started = start().ToList();
        gate.Set();
        holdUp.GetAwaiter().GetResult();
        return started;
    }

    public DataDirectory Directory { get; }

    public TimeProvider Time { get; }

    public FarmLimits Limits { get; }

    public FarmEvents Events { get; } = new();

    public FarmStore Store { get; }

    public TaskChanges Changes { get; }

    public TaskSlices Slices { get; }

    public JobTransitions JobTransitions { get; }

    public TaskTransitions Transitions { get; }

    public TaskRequeue Requeue { get; }

    public OpenJobs OpenJobs { get; }

    public BatchTransitions BatchTransitions { get; }

    public Heartbeats Heartbeats { get; }

    public WorkerProtocols Protocols { get; }

    public Scheduler Scheduler { get; }

    public TaskUpdates Reports { get; }

    public RunPermission Permission { get; }

    public AuditLog Audit { get; }

    public TaskControl Tasks { get; }

    public TaskCommands Commands { get; }

    public JobControl Jobs { get; }

    public JobBuilder Builder { get; }

    public JobSubmitter Submitter { get; }

    public ManagerGroup Managers { get; }

    public BulkUpdateService BulkUpdates { get; }

    public WorkerRegistry Registry { get; }

    public WorkerPresence Presence { get; }

    public Timeouts Timeouts { get; }

    public Seeds Seeds { get; }

    public EntryPush Push { get; }

    public BatchFetch Fetch { get; }

    public BatchControl Batches { get; }

    public BatchReleases Releases { get; }

    public LostWorkers Lost { get; }

    /// <summary>The operations on projects and their tasks.</summary>
    public TrackerOperations Tracker { get; }

    /// <summary>A worker that is registered, signed on and awake. Its secret is not hashed, to keep tests fast.</summary>
    public async Task<FarmWorker> AwakeAsync(string name, params string[] types)
    {
        if (types.Length == 0) types = ["misc"];
        var id = await Store.WriteAsync(tx => WorkerTable.Insert(
            tx.Db, new NewWorker(Guid.CreateVersion7(), name, "-", "linux", "127.0.0.1", types, FlamencoWorkers.Protocol, IsApproved: true), tx.Now));
        await Presence.SignOnAsync(id, new SignOnMetadata(name, "test", "127.0.0.1", true, types));
        await Presence.StateChangedAsync(id, WorkerStatus.Awake);
        return Store.Read(db => WorkerTable.ById(db, id))!;
    }

    /// <summary>Submits a job with stages written as <c>type:count:priority:dependencies</c>, e.g. <c>misc:3 misc:1:50:0</c>.</summary>
    public Task<Guid> SubmitAsync(string stages, int priority = 50, Guid? tag = null) => Submitter.SubmitAsync(Caller.Farm, new NewJob(stages, StagedJobType.Name)
    {
        Priority = priority,
        WorkerTag = tag,
        Settings = new JobSettings(new JsonObject { ["stages"] = stages }),
    });

    /// <summary>An open job without tasks.</summary>
    public async Task<Guid> OpenJobAsync(string name, int priority = 50)
    {
        var uuid = Guid.CreateVersion7(Time.GetUtcNow());
        await Store.WriteAsync(tx => OpenJobs.Create(tx, Caller.Farm, uuid, name, "test", priority));
        return uuid;
    }

    /// <summary>Adds tasks to an open job.</summary>
    public Task AddTasksAsync(Guid job, string type, int priority, int count) => Store.WriteAsync(tx =>
    {
        var tasks = new OpenJobTasks(tx, JobTable.ByUuid(tx.Db, job)!);
        for (var i = 0; i < count; i++) tasks.Add(Guid.CreateVersion7(), type, priority, $"{type} {priority}", "[]");
        tasks.Finish();
    });

    /// <summary>The current state of a job.</summary>
    public Job Job(Guid uuid) => Store.Read(db => JobTable.ByUuid(db, uuid))!;

    /// <summary>The task at an index of a job.</summary>
    public FarmTask Task(Guid job, int index) => Store.Read(db => TaskTable.ByNumber(db, JobTable.ByUuid(db, job)!.Id, index))!;

    /// <summary>A number queried from the database.</summary>
    public long Number(string sql, params object?[] parameters) => Store.Read(db => db.Number(sql, parameters));

    public Task<ReportVerdict> ReportAsync(FarmWorker worker, AssignedTask task, TaskStatus status, string? log = null) =>
        Reports.ApplyAsync(worker.Id, task.Uuid, task.AttemptId, new TaskReport(status, null, log, null));

    /// <summary>Requests a task, which must be available.</summary>
    public async Task<AssignedTask> TakeAsync(FarmWorker worker)
    {
        var answer = await Scheduler.ScheduleAsync(worker.Id);
        return answer.Task ?? throw new InvalidOperationException($"{worker.Name} got no task: {answer}");
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
