using System.Diagnostics;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Domain.Jobs;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Tables.Audit;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Benchmarks;

/// <summary>
/// The longest time that each mass operation holds the writer. Nothing may hold it for more than 50 ms (Docs/design.md section 3); a noisy machine
/// adds to single ones, so the share of longer ones is shown, too.
/// </summary>
internal sealed class HoldsBench : IAsyncDisposable
{
    private const int Megabyte = 1024 * 1024;
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;
    private readonly WriterHolds _holds = new();
    private readonly Table _table = new("How long the writer is held", "", "took s", "commits", "p50 ms", "p99 ms", "max ms", "> 50 ms", "MB");

    private HoldsBench() => _farm = new StoreFarm(_directory["data"], TimeProvider.System, slice: 500);

    public static async Task RunAsync(int tasks)
    {
        await using (var many = new HoldsBench()) await many.ManyTasksAsync(tasks);
        await using (var large = new HoldsBench()) await large.LongCommandsAsync();
        await using (var rows = new HoldsBench()) await rows.ManyRowsAsync(tasks);
        await using (var others = new HoldsBench()) await others.OtherProtocolsAsync(tasks);
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _holds.Dispose();
        _directory.Dispose();
    }

    private async Task ManyTasksAsync(int tasks)
    {
        var job = Guid.Empty;
        await RowAsync($"submit {tasks:N0} tasks", async () => job = await _farm.SubmitAsync($"misc:{tasks}"));
        await RowAsync("pause them", () => ChangeAsync(job, JobStatus.PauseRequested));
        await RowAsync("requeue them", () => ChangeAsync(job, JobStatus.Requeueing));
        await FillAsync(
            "INSERT INTO task_failures (task_id, worker_id, job_id, task_type) SELECT id, 1, job_id, 'misc' FROM tasks",
            "UPDATE tasks SET status = 6",
            "UPDATE stages SET ready = 0",
            $"UPDATE jobs SET status = 6, tasks_queued = 0, tasks_failed = {tasks}");
        await RowAsync("requeue them, all failed", () => ChangeAsync(job, JobStatus.Requeueing));
        await RowAsync("cancel them", () => ChangeAsync(job, JobStatus.CancelRequested));
        await FillAsync(
            "INSERT INTO attempts (task_id, worker_id, started_at, ended_at, outcome) SELECT id, 1, 1, 2, 1 FROM tasks",
            "INSERT INTO task_logs (task_id, text) SELECT id, 'a line of the log' FROM tasks");
        await RowAsync("delete them", () => DeleteAsync(job));
    }

    private async Task LongCommandsAsync()
    {
        var job = Guid.Empty;
        var common = Noise(Megabyte);
        await RowAsync("submit 1,000 tasks that share 1 MB", async () => job = await BuildAsync(1000, i => $"{common} {i}"));
        await RowAsync("delete them", () => DeleteAsync(job));
        await RowAsync("submit 250 tasks with 1 MB each", async () => job = await BuildAsync(250, _ => Noise(Megabyte)));
        await RowAsync("delete them", () => DeleteAsync(job));
        await RowAsync("submit 20 tasks with 12 MB each", async () => job = await BuildAsync(20, _ => Noise(12 * Megabyte - 1000)));
        await RowAsync("delete them", () => DeleteAsync(job));
        await RowAsync("submit a job with 12 MB of settings", async () => job = await BuildAsync(1, _ => "", settings: Noise(12 * Megabyte - 1000)));
        await RowAsync("delete it", () => DeleteAsync(job));
    }

    private async Task ManyRowsAsync(int tasks)
    {
        var job = await _farm.SubmitAsync("misc:100");
        await FilesAsync(perTask: 100);
        await RowAsync("requeue 100 tasks with 10,000 files", () => ChangeAsync(job, JobStatus.Requeueing));
        await FilesAsync(perTask: 100);
        await RowAsync("delete 100 tasks with 10,000 files", () => DeleteAsync(job));
        job = await _farm.SubmitAsync("misc:1");
        await FilesAsync(perTask: 10_000);
        await RowAsync("requeue 1 task with 10,000 files", () => _farm.Tasks.SetStatusAsync(Caller.Farm, _farm.Task(job, 0).Uuid, TaskStatus.Queued, "bench"));
        await FillAsync(
            "INSERT INTO task_logs (task_id, text) SELECT t.id, hex(randomblob(32768)) FROM tasks t, (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) SELECT i FROM n)");
        await RowAsync("delete 1 task with 256 MB of log", () => DeleteAsync(job));
        await FillAsync($"INSERT INTO audit (at, who, address, via, verb, target_kind, target_id, target_name, times) SELECT 1, 'who', 'address', 'farm', 'verb', 'job', 'id', 'name', 1 FROM ({Numbers(tasks)})");
        await RowAsync($"prune {tasks:N0} entries of the audit", async () =>
        {
            while (await _farm.Store.WriteAsync(tx => AuditTable.RemoveOld(tx.Db, 2, tx.Slice)) == _farm.Store.Slice)
            {
                // The maintenance of the audit does the same.
            }
        });
        var tag = Guid.NewGuid();
        await _farm.Store.WriteAsync(tx => TagTable.Insert(tx.Db, tag, "tag", ""));
        for (var i = 0; i < 2000; i++) await _farm.SubmitAsync("misc:1 misc:1 misc:1", tag: tag);
        _holds.Take();
        await RowAsync("remove the tag of 2,000 jobs", () => _farm.Store.WriteAsync(tx => TagTable.Remove(tx.Db, TagTable.ByUuid(tx.Db, tag)!.Value)));
    }

    private async Task OtherProtocolsAsync(int tasks)
    {
        var project = await _farm.Tracker.ProjectAsync("project");
        var id = _farm.Job(project).Id;
        await FillAsync(
            $"INSERT INTO stages (job_id, number, name, task_type, priority, job_priority, ready, incomplete, hands_out, stays_open) VALUES ({id}, 0, 's', 'task_tracker', 0, 0, {tasks}, {tasks}, 1, 1)",
            $"INSERT INTO command_lists (job_id, commands) VALUES ({id}, '[]')",
            $"INSERT INTO tasks (uuid, job_id, stage_id, number, name, status, steps_total, command_list_id, updated_at) SELECT randomblob(16), {id}, (SELECT max(id) FROM stages), i - 1, 'n', 0, 1, (SELECT max(id) FROM command_lists), 1 FROM ({Numbers(tasks)})",
            "INSERT INTO recipes (task_id, max_retries, max_assign_time, verification_count, hash) SELECT id, 0, 0, 1, id FROM tasks",
            $"INSERT INTO recipe_hashes (job_id, hash, task_id) SELECT {id}, hash, task_id FROM recipes",
            $"UPDATE jobs SET tasks_queued = {tasks}, steps_total = {tasks} WHERE id = {id}");
        var maintenance = new ProjectMaintenance(
            _farm.Store, _farm.Slices, _farm.JobTransitions, new ProjectLog(_farm.Store, new ProjectSettings(), NullLogger<ProjectLog>.Instance), _farm.Audit);
        var administrator = new Caller(Role.Administrator, "", new Account(1, Guid.NewGuid(), "bench", IsActive: true, Role.Administrator, 0));
        await RowAsync($"hard reset of a project with {tasks:N0} tasks", () => maintenance.HardResetAsync(administrator, id));
        await RowAsync("delete it", () => DeleteAsync(project));
        foreach (var (name, work) in BatchCycles.InProcess(_farm, 1000, Math.Min(tasks, 100_000))) await RowAsync($"{name} entries in batches of 1,000", work);
    }

    private static string Numbers(int count) => $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n";

    private static string Noise(int length) => string.Create(length, Random.Shared, static (span, random) =>
    {
        foreach (ref var character in span) character = (char)random.Next('a', 'z' + 1);
    });

    private async Task<Guid> BuildAsync(int count, Func<int, string> argument, string settings = "")
    {
        var tasks = Enumerable.Range(0, count).Select(i => new TaskDraft($"t-{i}", [new CommandDraft("exec", new JsonObject { ["args"] = argument(i) }, 0)]));
        var draft = new JobDraft("long", new JobSettings(), [new StageDraft("s", "misc", 50, [], tasks)], count, count);
        var row = new NewJobRow(Guid.CreateVersion7(), "long", "test", JobStatus.Queued, 50, "linux", $$"""{"s":"{{settings}}"}""", "{}", null, null, count, 1);
        await _farm.Builder.BuildAsync(row, draft);
        return row.Uuid;
    }

    private async Task FilesAsync(int perTask)
    {
        await FillAsync(
            "DELETE FROM attempts",
            "INSERT INTO attempts (task_id, worker_id, started_at, ended_at, outcome) SELECT id, 1, 1, 2, 1 FROM tasks",
            "INSERT OR IGNORE INTO stored_files (sha256, size, stored_at) SELECT printf('%064d', i), 1, 1 FROM (" + Numbers(10_000) + ")",
            "UPDATE tasks SET status = 5",
            "UPDATE stages SET ready = 0, incomplete = 0",
            "UPDATE jobs SET status = 5, tasks_completed = tasks_completed + tasks_queued, tasks_queued = 0",
            $"INSERT INTO artifacts (uuid, job_id, task_id, attempt_id, position, path, size, sha256, media_type, created_at) SELECT randomblob(16), t.job_id, t.id, a.id, i, 'folder/file-' || i || '.png', 1, printf('%064d', abs(random()) % 10000 + 1), 'image/png', 1 FROM tasks t JOIN attempts a ON a.task_id = t.id, ({Numbers(perTask)})");
    }

    private async Task FillAsync(params string[] statements)
    {
        foreach (var statement in statements) await _farm.Store.WriteAsync(tx => tx.Db.Execute(statement));
    }

    private async Task ChangeAsync(Guid job, JobStatus to)
    {
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, to, "bench");
        await _farm.BulkUpdates.DrainAsync();
    }

    private async Task DeleteAsync(Guid job)
    {
        await _farm.Jobs.DeleteAsync(Caller.Farm, job);
        await _farm.BulkUpdates.DrainAsync();
    }

    private async Task RowAsync(string name, Func<Task> work)
    {
        _holds.Take();
        var started = Stopwatch.GetTimestamp();
        await work();
        var took = Stopwatch.GetElapsedTime(started);
        var times = _holds.Take();
        _table.Row(
            name, $"{took.TotalSeconds:0.00}", $"{times.Length:N0}", F(times, 0.5), F(times, 0.99), F(times, 1), $"{times.Count(time => time > 50)}",
            $"{(new FileInfo(_farm.Store.Directory.Database).Length + _farm.Store.LogBytes) / Megabyte}");
    }

    private static string F(double[] times, double share) => times.Length == 0 ? "" : $"{times[(int)Math.Min(times.Length - 1, share * times.Length)]:0.0}";
}
