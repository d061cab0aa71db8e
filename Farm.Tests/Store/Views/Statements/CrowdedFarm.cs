using Farm.Server.Contracts.FlowServ.Dashboard;
using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Workers;
using Farm.Server.Operations.Scheduling;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Contracts.FlowServ;
using Farm.Tests.Contracts.TaskTracker;
using Farm.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Store.Views.Statements;

/// <summary>A farm that can grow to any number of the entities that lists show, each with its related rows.</summary>
internal sealed class CrowdedFarm : IAsyncDisposable
{
    private readonly FlowServFarm _flowServ;
    private readonly List<string> _jobs = [];

    private CrowdedFarm(FlowServFarm flowServ) => _flowServ = flowServ;

    public TestFarm Farm => _flowServ.Farm;

    public FarmStore Store => Farm.Service<FarmStore>();

    /// <summary>The current number of each entity.</summary>
    public int Rows { get; private set; }

    /// <summary>An administrator.</summary>
    public TrackerCaller Manager { get; private set; } = TrackerCaller.Nobody;

    /// <summary>A project with accesses, managers and snapshots.</summary>
    public long Project { get; private set; }

    public string Workflow { get; private set; } = "";

    /// <summary>A group with members, uploads and runs.</summary>
    public string Group { get; private set; } = "";

    /// <summary>A member of all groups.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The UUIDs of the jobs that hold tasks for workers.</summary>
    public IReadOnlyList<string> Jobs => _jobs;

    /// <summary>A job with many tasks that no worker can run.</summary>
    public string BigJob { get; private set; } = "";

    /// <summary>A job whose only task has many files.</summary>
    public string JobWithFiles { get; private set; } = "";

    /// <summary>A worker that has had many tasks.</summary>
    public Guid BusyWorker { get; private set; }

    public static async Task<CrowdedFarm> StartAsync()
    {
        var farm = new CrowdedFarm(await FlowServFarm.StartAsync());
        farm.Manager = await farm.Farm.PersonAsync("boss", administrator: true);
        farm.Project = await farm.Farm.ProjectAsync(farm.Manager, "first");
        (_, farm.Token) = await farm._flowServ.PersonAsync("member");
        farm.Workflow = await farm._flowServ.InstallAsync();
        farm.Group = await farm._flowServ.GroupAsync(farm.Workflow, farm.Token);
        farm.BusyWorker = await farm.WorkerAsync(0, "busy-type");
        await farm.FilesAsync();
        return farm;
    }

    /// <summary>Adds entities up to this number of each.</summary>
    public async Task GrowAsync(int rows)
    {
        for (var i = Rows; i < rows; i++)
        {
            var job = await Farm.SubmitEchoAsync(1, name: $"job {i}");
            _jobs.Add((string)job["id"]!);
            await WorkerAsync(i, "misc");
            await PeopleAsync(i);
            await RunAsync(i);
        }

        BigJob = (string)(await Farm.SubmitFramesAsync(rows, name: $"{rows} frames"))["id"]!;
        await MoreFilesAsync(rows);
        await TasksOfBusyWorkerAsync();
        Rows = rows;
    }

    /// <summary>Clears the stored results of all runs.</summary>
    public Task ForgetResultsAsync() => Store.WriteAsync(tx => { tx.Db.Execute("UPDATE runs SET results = NULL"); });

    /// <summary>The number of statements that an action reads. Takes the minimum of a few tries, since background work reads too.</summary>
    public async Task<long> StatementsAsync(Func<Task> read)
    {
        var fewest = long.MaxValue;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await ForgetResultsAsync();
            var before = Store.StatementsRead;
            await read();
            fewest = Math.Min(fewest, Store.StatementsRead - before);
        }

        return fewest;
    }

    /// <summary>The body of a response, which must be successful.</summary>
    public async Task<string> BodyAsync(string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (path.StartsWith(FlowServFarm.Base, StringComparison.Ordinal)) request.Headers.Add("api_key", Token);
        else request.Headers.Add("Cookie", $"tt={Manager.Session}");
        using var answer = path.StartsWith("/api/farm/", StringComparison.Ordinal)
            ? await Farm.AsAdministratorAsync(HttpMethod.Get, path)
            : await Farm.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text;
    }

    /// <summary>The pages of workflows, as a visitor sees them.</summary>
    public DashboardWorkflows Workflows => ActivatorUtilities.CreateInstance<DashboardWorkflows>(Farm.Service<IServiceProvider>(), Farm.People());

    public ValueTask DisposeAsync() => _flowServ.DisposeAsync();

    /// <summary>A worker with its own tag; one that supports "misc" holds a task.</summary>
    private async Task<Guid> WorkerAsync(int number, string type)
    {
        var uuid = Guid.CreateVersion7();
        var id = await Store.WriteAsync(tx =>
        {
            var worker = WorkerTable.Insert(tx.Db, new NewWorker(uuid, $"node {number:00}", "-", "linux", "127.0.0.1", [type, "other"], "flamenco", IsApproved: true), tx.Now);
            WorkerTable.SetStatus(tx.Db, worker, WorkerStatus.Awake, null, null, tx.Now);
            var tag = Guid.CreateVersion7();
            TagTable.Insert(tx.Db, tag, $"tag of {uuid}", "");
            TagTable.SetOfWorker(tx.Db, worker, [tag]);
            return worker;
        });
        if (type == "misc") Assert.NotNull((await Farm.Service<Scheduler>().ScheduleAsync(id)).Task);
        return uuid;
    }

    /// <summary>A user with roles in the project, a worker with access to it, another project, and a snapshot.</summary>
    private async Task PeopleAsync(int number)
    {
        var account = await Store.WriteAsync(tx => AccountTable.Insert(tx.Db, Guid.CreateVersion7(), $"person {number}", "-", true, Role.Artist, tx.Now));
        var (worker, _) = await Farm.Service<TrackerWorkers>().CreateAsync(Caller.Farm, $"tracker {number}", "127.0.0.1");
        await Farm.ProjectAsync(Manager, $"project {number}");
        await Store.WriteAsync(tx =>
        {
            ProjectRoleTable.Set(tx.Db, Project, account, ProjectRoles.Read);
            ProjectAccessTable.Insert(tx.Db, Project, worker.Id, new ProjectAccess(MayAssign: true, MaySubmit: false, IsPending: true));
            ProjectSnapshotTable.Set(tx.Db, Project, new ProjectSnapshot(number + 1, 0, 0, 0, 0, 0));
            // Each worker holds a task, so that the lists have a worker to name.
            tx.Db.Execute(
                "UPDATE tasks SET worker_id = $2, status = 3 WHERE id = (SELECT id FROM tasks WHERE job_id = $1 AND status = 0 LIMIT 1)", Project, worker.Id);
        });
    }

    /// <summary>A successful run of the group, an upload, another group and another workflow.</summary>
    private async Task RunAsync(int number)
    {
        await _flowServ.GroupAsync(Workflow, Token, $"group {number}");
        var run = (string)(await _flowServ.StartRunAsync(Group, Token, """[{"name":"greeting","value":"Hey"}]"""))["id"]!;
        await Store.WriteAsync(tx =>
        {
            var stored = RunTable.ByUuid(tx.Db, Guid.ParseExact(run, "N"))!;
            RunTable.End(tx.Db, stored.Id, RunState.Success, "[]", tx.Now, tx.Now);
            RunTable.SetResults(tx.Db, stored.Id, "null");
            StoredFileTable.Upsert(tx.Db, Hash(number), 1, tx.Now);
            GroupUploadTable.Insert(tx.Db, stored.GroupId, new GroupUpload(Guid.CreateVersion7(), $"file {number}", 1, Hash(number), tx.Now));
            WorkflowTable.Insert(tx.Db, new Workflow(0, $"workflow{number}", $"Workflow {number}", null, null, "{}", tx.Now));
        });
    }

    private async Task FilesAsync()
    {
        JobWithFiles = (string)(await Farm.SubmitEchoAsync(1, name: "files"))["id"]!;
        await Store.WriteAsync(tx =>
        {
            var task = TaskTable.ByNumber(tx.Db, JobTable.ByUuid(tx.Db, Guid.Parse(JobWithFiles))!.Id, 0)!;
            tx.Db.Execute("INSERT INTO attempts (id, task_id, worker_id, started_at, outcome) VALUES (1000000, $1, 1, 0, 1)", task.Id);
            tx.Db.Execute("UPDATE tasks SET status = 5 WHERE id = $1", task.Id);
            tx.Db.Execute("UPDATE stages SET ready = 0 WHERE job_id = $1", task.JobId);
        });
    }

    private Task MoreFilesAsync(int rows) => Store.WriteAsync(tx =>
    {
        var task = TaskTable.ByNumber(tx.Db, JobTable.ByUuid(tx.Db, Guid.Parse(JobWithFiles))!.Id, 0)!;
        for (var i = Rows; i < rows; i++)
        {
            StoredFileTable.Upsert(tx.Db, Hash(1000 + i), 1, tx.Now);
            ArtifactTable.Insert(
                tx.Db, new NewArtifactRow(Guid.CreateVersion7(), task.JobId, task.Id, 1000000, $"file {i}", 1, Hash(1000 + i), "text/plain"), tx.Now);
        }
    });

    /// <summary>Makes the busy worker the last holder of all tasks of the big job.</summary>
    private Task TasksOfBusyWorkerAsync() => Store.WriteAsync(tx =>
    {
        var (worker, job) = (WorkerTable.ByUuid(tx.Db, BusyWorker)!, JobTable.ByUuid(tx.Db, Guid.Parse(BigJob))!);
        tx.Db.Execute("INSERT INTO attempts (task_id, worker_id, started_at, outcome) SELECT id, $2, 0, 3 FROM tasks WHERE job_id = $1", job.Id, worker.Id);
        tx.Db.Execute("UPDATE tasks SET worker_id = $2 WHERE job_id = $1", job.Id, worker.Id);
        tx.Db.Execute(
            "INSERT INTO task_failures (task_id, worker_id, job_id, task_type) SELECT t.id, w.id, t.job_id, 'misc' FROM tasks t, workers w WHERE t.job_id = $1 AND t.number = 0",
            job.Id);
        tx.Db.Execute("INSERT INTO blocklist (job_id, worker_id, task_type, created_at) SELECT $1, id, 'misc', 0 FROM workers WHERE id > 0 ON CONFLICT DO NOTHING", job.Id);
    });

    private static string Hash(int number) => number.ToString("x64");
}
