using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Domain.Tasks;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Jobs;

/// <summary>
/// Nothing holds the writer for long (Docs/design.md section 3), however much a job has. Not measured in time, but in rows and bytes: each changed row
/// takes 25 µs of the clock of these tests, so that a transaction must end after about 1,000.
/// </summary>
public sealed class WriterHoldTests : IAsyncLifetime
{
    private const long MaxRows = 3000;
    private const long MaxBytes = 2 * 1024 * 1024;

    private readonly TemporaryDirectory _directory = new();
    private readonly RowTime _time = new(TimeSpan.FromMicroseconds(25));
    private readonly StoreFarm _farm;
    private readonly MeterListener _listener = new();
    private Thread? _writer;
    private (long Rows, long Bytes) _last;
    private (long Rows, long Bytes) _most;

    public WriterHoldTests() => _farm = new StoreFarm(_directory["farm"], _time, slice: 500);

    // The log then only grows, so its length tells what was written.
    public Task InitializeAsync() => _farm.Store.WriteAsync(tx => tx.Db.Execute("PRAGMA wal_autocheckpoint = 0"));

    [SqliteFact]
    public async Task A_job_with_many_files_is_requeued_in_parts()
    {
        var job = await FilledAsync(files: 100, failures: 0, logs: 0);
        await MeasureAsync(() => ChangeAsync(job, JobStatus.Requeueing));
        Assert.Equal((JobStatus.Queued, 300L, 0L), (_farm.Job(job).Status, _farm.Job(job).Tasks.Queued, _farm.Number("SELECT count(*) FROM artifacts")));
    }

    [SqliteFact]
    public async Task A_job_that_many_workers_failed_is_requeued_in_parts()
    {
        var job = await FilledAsync(files: 0, failures: 100, logs: 0);
        await MeasureAsync(() => ChangeAsync(job, JobStatus.Requeueing));
        Assert.Equal((JobStatus.Queued, 300L, 0L), (_farm.Job(job).Status, _farm.Job(job).Tasks.Queued, _farm.Number("SELECT count(*) FROM task_failures")));
    }

    [SqliteFact]
    public async Task A_command_to_rerun_all_tasks_forgets_failures_in_parts()
    {
        var job = await FilledAsync(files: 0, failures: 100, logs: 0);
        await MeasureAsync(() => _farm.Commands.ApplyAsync(Caller.Farm, job, null, TaskCommand.Requeue));
        Assert.Equal(0, _farm.Number("SELECT count(*) FROM task_failures"));
    }

    [SqliteFact]
    public async Task A_job_with_many_rows_of_every_kind_is_deleted_in_parts()
    {
        var job = await FilledAsync(files: 30, failures: 30, logs: 100);
        await MeasureAsync(() => DeleteAsync(job));
        foreach (var table in new[] { "jobs", "stages", "tasks", "task_logs", "attempts", "task_failures", "artifacts", "command_lists", "text_parts" })
            Assert.Equal(0, _farm.Number($"SELECT count(*) FROM {table}"));
    }

    [SqliteFact]
    public async Task A_job_with_megabytes_of_settings_and_commands_is_written_in_parts()
    {
        var job = Guid.Empty;
        await MeasureAsync(async () => job = await BuildAsync(Noise(1, 5_000_000), 4, i => Noise(i, 5_000_000)));
        await MeasureAsync(() => ChangeAsync(job, JobStatus.CancelRequested));
        await MeasureAsync(() => DeleteAsync(job));
        Assert.Equal(0, _farm.Number("SELECT count(*) FROM text_parts"));
    }

    [SqliteFact]
    public async Task A_task_of_a_job_with_megabytes_of_settings_is_handed_out_without_writing_them_again()
    {
        await BuildAsync(Noise(1, 5_000_000), 4, i => $"{i}");
        var worker = await _farm.AwakeAsync("w");
        await MeasureAsync(async () => await _farm.ReportAsync(worker, await _farm.TakeAsync(worker), TaskStatus.Completed));
        Assert.InRange(_most.Bytes, 1, 200_000);
    }

    public async Task DisposeAsync()
    {
        _listener.Dispose();
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private static string Noise(int seed, int length) => string.Create(length, new Random(seed), static (span, random) =>
    {
        foreach (ref var character in span) character = (char)random.Next('a', 'z' + 1);
    });

    /// <summary>A job of 300 completed tasks with this many rows each.</summary>
    private async Task<Guid> FilledAsync(int files, int failures, int logs)
    {
        var job = await _farm.SubmitAsync("misc:300");
        await _farm.Store.WriteAsync(tx =>
        {
            string Each(int count) => $"FROM tasks t, (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n)";
            tx.Db.Execute("INSERT INTO stored_files (sha256, size, stored_at) VALUES ('a', 1, 1)");
            tx.Db.Execute("INSERT INTO attempts (task_id, worker_id, started_at, ended_at, outcome) SELECT id, 1, 1, 2, 1 FROM tasks");
            if (files > 0)
            {
                tx.Db.Execute(
                    $"""
                    INSERT INTO artifacts (uuid, job_id, task_id, attempt_id, position, path, size, sha256, media_type, created_at)
                    SELECT randomblob(16), t.job_id, t.id, (SELECT a.id FROM attempts a WHERE a.task_id = t.id), i, 'file ' || i, 1, 'a', 'image/png', 1 {Each(files)}
                    """);
            }

            if (failures > 0) tx.Db.Execute($"INSERT INTO task_failures (task_id, worker_id, job_id, task_type) SELECT t.id, i, t.job_id, 'misc' {Each(failures)}");
            if (logs > 0) tx.Db.Execute($"INSERT INTO task_logs (task_id, text) SELECT t.id, 'line ' || i {Each(logs)}");
            tx.Db.Execute("UPDATE tasks SET status = 5, steps_completed = steps_total");
            tx.Db.Execute("UPDATE stages SET ready = 0, incomplete = 0");
            tx.Db.Execute("UPDATE jobs SET status = 5, tasks_completed = 300, tasks_queued = 0");
        });
        return job;
    }

    private async Task<Guid> BuildAsync(string settings, int count, Func<int, string> argument)
    {
        var tasks = Enumerable.Range(0, count).Select(i => new TaskDraft($"t-{i}", [new CommandDraft("exec", new JsonObject { ["args"] = argument(i) }, 0)]));
        var draft = new JobDraft("long", new JobSettings(), [new StageDraft("s", "misc", 50, [], tasks)], count, count);
        var row = new NewJobRow(Guid.CreateVersion7(), "long", "test", JobStatus.Queued, 50, "linux", $$"""{"s":"{{settings}}"}""", "{}", null, null, count, 1);
        await _farm.Builder.BuildAsync(row, draft);
        return row.Uuid;
    }

    private async Task ChangeAsync(Guid job, JobStatus to)
    {
        await _farm.Jobs.SetStatusAsync(Caller.Farm, job, to, "test");
        await _farm.BulkUpdates.DrainAsync();
    }

    private async Task DeleteAsync(Guid job)
    {
        await _farm.Jobs.DeleteAsync(Caller.Farm, job);
        await _farm.BulkUpdates.DrainAsync();
    }

    /// <summary>Runs something and checks how much each of its transactions changed and wrote.</summary>
    private async Task MeasureAsync(Func<Task> work)
    {
        _most = (0, 0);
        if (_writer is null) await ListenAsync();
        await work();
        Assert.InRange(_most.Rows, 1, MaxRows);
        Assert.InRange(_most.Bytes, 1, MaxBytes);
    }

    private async Task ListenAsync()
    {
        await _farm.Store.WriteAsync(tx =>
        {
            var db = tx.Db;
            _time.Rows = () => Thread.CurrentThread == _writer ? db.Number("SELECT total_changes()") : 0;
            _writer = Thread.CurrentThread;
        });
        await _farm.Store.WriteAsync(tx => _last = (_time.Rows(), _farm.Store.LogBytes));
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WriteMetrics.MeterName && instrument.Name == "farm.store.commit.duration") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, _, _) =>
        {
            // Farms of other tests use the same meter.
            if (Thread.CurrentThread != _writer) return;
            var now = (Rows: _time.Rows(), Bytes: _farm.Store.LogBytes);
            _most = (Math.Max(_most.Rows, now.Rows - _last.Rows), Math.Max(_most.Bytes, now.Bytes - _last.Bytes));
            _last = now;
        });
        _listener.Start();
    }
}
