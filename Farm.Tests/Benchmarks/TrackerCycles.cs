using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Contracts.TaskTracker.Operations;
using Farm.Server.Contracts.TaskTracker.Store;
using Farm.Server.Domain.Access;
using Farm.Server.Operations.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Benchmarks;

/// <summary>Worker calls of the tracker over real HTTP: submit, take, release.</summary>
internal static class TrackerCycles
{
    private const int InABulk = 5000;

    /// <summary>Creates a public project and returns its id.</summary>
    public static Task<long> ProjectAsync(WebApplication app, string name) => app.Services.GetRequiredService<FarmStore>().WriteAsync(tx =>
    {
        var id = app.Services.GetRequiredService<OpenJobs>().Create(tx, Caller.Farm, Guid.CreateVersion7(), name, RecipeCommand.Type, priority: 0);
        ProjectTable.Insert(tx.Db, id, new ProjectDetails { Name = name, Visibility = ProjectVisibility.Public }, "{}", "");
        return id;
    });

    /// <summary>Workers that may submit to a project, each with its own connection.</summary>
    public static async Task<List<TrackerLoad>> WorkersAsync(WebApplication app, int port, long project, int count)
    {
        var workers = new List<TrackerLoad>();
        for (var i = 0; i < count; i++)
        {
            var (worker, secret) = await app.Services.GetRequiredService<TrackerWorkers>().CreateAsync(Caller.Farm, $"load {i}", "127.0.0.1");
            await app.Services.GetRequiredService<FarmStore>().WriteAsync(tx => ProjectAccessTable.Insert(
                tx.Db, project, worker.Id, new ProjectAccess(MayAssign: true, MaySubmit: true, IsPending: false)));
            workers.Add(await TrackerLoad.ConnectAsync(port, project, worker.Id, secret));
        }

        return workers;
    }

    /// <summary>Fills a project with bulk submissions.</summary>
    public static async Task FillAsync(TrackerLoad worker, int tasks)
    {
        for (var i = 0; i < tasks; i += InABulk) await worker.BulkAsync(i, Math.Min(InABulk, tasks - i));
    }

    /// <summary>Makes workers repeat an action for a while.</summary>
    public static Task<Measurement> MeasureAsync(IReadOnlyList<TrackerLoad> workers, Func<TrackerLoad, Task<bool>> action, TimeSpan duration) =>
        Measurement.OfAsync(started => workers.Select(worker => Task.Run(async () =>
        {
            var latencies = new List<long>();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var before = Stopwatch.GetTimestamp();
                if (!await action(worker)) break;
                latencies.Add(Stopwatch.GetTimestamp() - before);
            }

            return latencies;
        })));

    /// <summary>Makes one worker vote on all tasks, without HTTP.</summary>
    public static async Task VoteAsync(WebApplication app, TrackerLoad worker, long project, int tasks)
    {
        var handout = app.Services.GetRequiredService<RecipeHandout>();
        var releases = app.Services.GetRequiredService<RecipeReleases>();
        var who = app.Services.GetRequiredService<FarmStore>().Read(db => WorkerTable.ById(db, worker.Id))!;
        for (var i = 0; i < tasks; i++)
        {
            var task = (await handout.NextAsync(who, project)).Task!;
            await releases.ReleaseAsync(who.Id, task.Held.TaskId, Server.Contracts.TaskTracker.Domain.ReleaseResult.Ok, i);
        }
    }
}

/// <summary>A load-generating worker with one connection.</summary>
internal sealed class TrackerLoad : IDisposable
{
    private readonly RawConnection _connection;
    private readonly string _headers;
    private readonly long _project;
    private readonly byte[] _get;
    private readonly byte[] _submit;
    private long _held;

    private TrackerLoad(RawConnection connection, long project, long id, string secret)
    {
        (_connection, _project, Id) = (connection, project, id);
        _headers = $"X-Worker-ID: {id}\r\nX-Secret: {secret}\r\n";
        _get = Request("GET", $"/task/get/{project}", "");
        _submit = Request("POST", "/task/submit", $$"""{"project":{{project}},"recipe":"https://example.org/a/page/of/the/usual/length","priority":-1}""");
    }

    public long Id { get; }

    public static async Task<TrackerLoad> ConnectAsync(int port, long project, long id, string secret)
    {
        var connection = new RawConnection(port);
        await connection.ConnectAsync();
        return new TrackerLoad(connection, project, id, secret);
    }

    /// <summary>Submits a task.</summary>
    public async Task<bool> SubmitAsync() => (await _connection.SendAsync(_submit)).Status == StatusCodes.Status200OK;

    /// <summary>Takes a task; false if there is none.</summary>
    public async Task<bool> TakeAsync()
    {
        var (_, body) = await _connection.SendAsync(_get);
        var from = body.Span.IndexOf("\"task\":{\"id\":"u8);
        return from >= 0 && System.Buffers.Text.Utf8Parser.TryParse(body.Span[(from + 13)..], out _held, out _);
    }

    /// <summary>Releases the taken task as done.</summary>
    public async Task<bool> ReleaseAsync() =>
        (await _connection.SendAsync(Request("POST", "/task/release", $$"""{"task_id":{{_held}}}"""))).Body.Span.IndexOf("\"updated\":true"u8) >= 0;

    /// <summary>Takes a task and releases it as done.</summary>
    public async Task<bool> CycleAsync() => await TakeAsync() && await ReleaseAsync();

    /// <summary>Submits many tasks in one request.</summary>
    public async Task BulkAsync(int first, int count, int verifications = 1)
    {
        var requests = Enumerable.Range(first, count).Select(i => new JsonObject
        {
            ["project"] = _project,
            ["recipe"] = $"https://example.org/page/{i}",
            ["hash64"] = i + 1L,
            ["verification_count"] = verifications,
        });
        var body = new JsonObject { ["requests"] = new JsonArray([.. requests]) };
        var (status, answer) = await _connection.SendAsync(Request("POST", "/task/bulk_submit", body.ToJsonString()));
        if (status != StatusCodes.Status200OK) throw new InvalidOperationException($"{status} {Encoding.UTF8.GetString(answer.Span)}");
    }

    public void Dispose() => _connection.Dispose();

    private byte[] Request(string method, string path, string body) => Encoding.UTF8.GetBytes(
        $"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{_headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
}
