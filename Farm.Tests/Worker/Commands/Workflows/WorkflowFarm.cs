using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Events;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Operations;
using Farm.Server.Operations.Files;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Files;
using Farm.Server.Store.Views.Tasks;
using Farm.Server.Worker;
using Farm.Server.Worker.Processes;
using Farm.Tests.Support;
using Farm.Tests.Worker.Support;

namespace Farm.Tests.Worker.Commands.Workflows;

/// <summary>A farm with workflows and built-in workers that run them.</summary>
internal sealed class WorkflowFarm : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private readonly List<WorkerFixture> _workers = [];
    private readonly List<Process> _processes = [];

    private WorkflowFarm(TestFarm farm) => Farm = farm;

    public TestFarm Farm { get; }

    public TestDirectory Directory { get; } = new();

    public FarmStore Store => Farm.Service<FarmStore>();

    public static async Task<WorkflowFarm> StartAsync(ArtifactLimits? limits = null) =>
        new(await TestFarm.StartAsync(new FarmLimits { Artifacts = limits ?? new ArtifactLimits() }));

    /// <summary>The directory where a worker runs workflows.</summary>
    public string Runs(string worker) => Path.Combine(Directory.File(worker), "scratch");

    /// <summary>Starts an in-process worker for workflows only, with short intervals.</summary>
    public WorkerFixture StartWorker(string name = "node")
    {
        var worker = WorkerFixture.Start(new WorkerOptions
        {
            Manager = Farm.Client.BaseAddress,
            Name = name,
            TaskTypes = ["workflow"],
            StateDirectory = Directory.File(name),
            Intervals = WorkerFixture.Hurried,
            Random = new Random(7),
        });
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Starts a worker as a separate process.</summary>
    public Process StartProcess(string name)
    {
        var (program, arguments) = FarmExecutable.Resolve();
        var start = new ProcessStartInfo(program) { WorkingDirectory = Directory.Path };
        foreach (var argument in (string[])[.. arguments, "worker", "--manager", Farm.Client.BaseAddress!.AbsoluteUri, "--name", name, "--state", name])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    /// <summary>Stores a file that a workflow will refer to.</summary>
    public async Task<JsonObject> FileAsync(string path, string content)
    {
        var stored = await Farm.Service<ContentStore>().PutAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), long.MaxValue, CancellationToken.None);
        return new JsonObject { ["sha256"] = stored.Sha256, ["size"] = stored.Size, ["path"] = path };
    }

    /// <summary>A step whose commands are one text each.</summary>
    public static JsonObject Step(string name, params string[] commands) => new()
    {
        ["name"] = name,
        ["environment"] = "python:3.9",
        ["commands"] = new JsonArray([.. commands.Select(command => new JsonArray(command))]),
        ["outputs"] = new JsonArray(),
    };

    /// <summary>Submits a job with one workflow.</summary>
    public async Task<Guid> SubmitAsync(JsonObject[] files, JsonObject[] steps, string[] outputs, int stepCount = 0)
    {
        var parameters = new JsonObject
        {
            ["files"] = new JsonArray(files),
            ["steps"] = new JsonArray(steps),
            ["outputs"] = new JsonArray([.. outputs.Select(path => JsonValue.Create(path))]),
        };
        var task = new TaskDraft("run", [new CommandDraft("workflow", parameters, stepCount)]);
        var stage = new StageDraft("run", "workflow", 50, [], [task]) { FailureIsFinal = true };
        var uuid = Guid.CreateVersion7();
        var row = new NewJobRow(uuid, "Run", "workflow", JobStatus.Queued, 50, "", "{}", "{}", null, null, task.StepsTotal, 0);
        await Farm.Service<JobBuilder>().BuildAsync(row, new JobDraft("Run", new JobSettings(), [stage], 1, task.StepsTotal));
        return uuid;
    }

    public Job Job(Guid uuid) => Store.Read(db => JobTable.ByUuid(db, uuid))!;

    /// <summary>The only task of a job.</summary>
    public Guid Task(Guid job) => Store.Read(db => TaskTable.ByNumber(db, Job(job).Id, 0))!.Uuid;

    /// <summary>Waits until a job ends and returns its status.</summary>
    public Task<JobStatus> EndAsync(Guid job) => UntilAsync(job, () => Job(job) is { BulkUpdate: null } now && JobRules.IsOver(now.Status)).ContinueWith(_ => Job(job).Status);

    /// <summary>Waits for a condition, which is checked whenever the job changes.</summary>
    public async Task UntilAsync(Guid job, Func<bool> isSo)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        var events = Farm.Service<FarmEvents>().ListenAsync(deadline.Token).GetAsyncEnumerator(deadline.Token);
        var next = events.MoveNextAsync().AsTask();
        try
        {
            while (!isSo())
            {
                await next;
                next = events.MoveNextAsync().AsTask();
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It did not come so far: {Job(job)}\n{Log(job)}");
        }
        finally
        {
            await deadline.CancelAsync();
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    public string Log(Guid job)
    {
        var id = Store.Read(db => TaskTable.ByUuid(db, Task(job)))!.Id;
        return string.Concat(Store.Read(db => TaskLogView.After(db, id, 0, int.MaxValue)).Select(piece => piece.Text));
    }

    public IReadOnlyList<Artifact> Artifacts(Guid job) => Store.Read(db => ArtifactView.OfJob(db, JobTable.ByUuid(db, job)!.Id, 100, 0));

    public IReadOnlyList<string> Messages(Guid job) => Store.Read(db => TaskMessageTable.OfTask(db, TaskTable.ByUuid(db, Task(job))!.Id));

    public long Attempts(Guid job) => Store.Read(db => db.Number(
        "SELECT count(*) FROM attempts n JOIN tasks t ON t.id = n.task_id JOIN jobs j ON j.id = t.job_id WHERE j.uuid = $1", job));

    public async Task<string> ContentAsync(Artifact file)
    {
        await using var content = Farm.Service<ContentStore>().Open(file.Sha256);
        return await new StreamReader(content).ReadToEndAsync();
    }

    /// <summary>Whether a process is running; a zombie is not.</summary>
    public static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return !OperatingSystem.IsLinux() || System.IO.File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1][0] is not ('Z' or 'X');
        }
        catch (Exception gone) when (gone is ArgumentException or IOException)
        {
            return false;
        }
    }

    /// <summary>A named pipe, on which readers and writers wait for each other.</summary>
    public string Pipe(string name)
    {
        var path = Directory.File(name);
        using var make = Process.Start("mkfifo", path);
        make.WaitForExit();
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers) await worker.DisposeAsync();
        foreach (var process in _processes)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        await Farm.DisposeAsync();
        Directory.Dispose();
    }
}
