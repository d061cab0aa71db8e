using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Farm.Tests.Worker.Support;

/// <summary>A fake manager that answers like a real one unless scripted otherwise, and records all requests.</summary>
internal sealed class FakeManager : IAsyncDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly object _gate = new();
    private readonly List<RecordedRequest> _requests = [];
    private TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebApplication? _app;
    private int _port;

    /// <summary>The tasks to hand out, in order.</summary>
    public ConcurrentQueue<string> Tasks { get; } = new();

    /// <summary>Overrides responses; null gives the default one.</summary>
    public Func<RecordedRequest, Reply?> Script { get; set; } = _ => null;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public IReadOnlyList<RecordedRequest> Requests
    {
        get
        {
            lock (_gate) return [.. _requests];
        }
    }

    public static async Task<FakeManager> StartAsync()
    {
        var manager = new FakeManager();
        await manager.OpenAsync();
        return manager;
    }

    /// <summary>Starts listening again on the same port.</summary>
    public async Task OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, _port));
        _app = builder.Build();
        _app.Run(AnswerAsync);
        await _app.StartAsync();
        _port = new Uri(_app.Urls.Single()).Port;
    }

    /// <summary>Stops listening, so that connections are refused.</summary>
    public async Task CloseAsync()
    {
        if (_app is null) return;
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _app = null;
    }

    public static string AssignedTask(string id, string commands, string? attempt = null) =>
        $$"""
        {"uuid":"{{id}}","job":"c2a4f9f2-0a7e-4e0e-8a58-2b1f6a3d4e5f","name":"task {{id}}","status":"active","priority":50,"job_priority":60,
         "job_type":"test","task_type":"misc","commands":[{{commands}}],"steps_completed":0,"steps_total":1
         {{(attempt is null ? "" : $",\"attempt\":\"{attempt}\"")}}}
        """;

    /// <summary>Waits for this many matching requests and returns the last one.</summary>
    public async Task<RecordedRequest> WaitForAsync(Func<RecordedRequest, bool> kind, int count = 1)
    {
        using var deadline = new CancellationTokenSource(Timeout);
        while (true)
        {
            Task next;
            lock (_gate)
            {
                var found = _requests.Where(kind).Take(count).ToList();
                if (found.Count == count) return found[^1];
                next = _arrived.Task;
            }
            try
            {
                await next.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                throw new Xunit.Sdk.XunitException("The request never came. What came:\n" + string.Join('\n', Requests.Select(r => $"{r.What} {r.Text}")));
            }
        }
    }

    public Task<RecordedRequest> WaitForAsync(string what, int count = 1) => WaitForAsync(request => request.What == what, count);

    public Task<RecordedRequest> WaitForEndAsync(string task) =>
        WaitForAsync(request => request.IsUpdateOf(task) && request.Json["taskStatus"]?.GetValue<string>() is "completed" or "failed");

    public IReadOnlyList<RecordedRequest> UpdatesOf(string task) => [.. Requests.Where(request => request.IsUpdateOf(task))];

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var authorization = context.Request.Headers.Authorization.ToString();
        var user = authorization.StartsWith("Basic ") ? Encoding.UTF8.GetString(Convert.FromBase64String(authorization[6..])).Split(':')[0] : null;
        var request = new RecordedRequest(
            $"{context.Request.Method} {context.Request.Path.Value!.Replace("/api/v3", "")}",
            body.ToArray(),
            user,
            (string?)context.Request.Headers["X-Farm-Attempt"],
            context.Request.ContentType,
            context.Request.ContentLength is not null,
            (string?)context.Request.Headers["Idempotency-Key"]);
        var reply = Script(request) ?? Usual(request);
        lock (_gate)
        {
            _requests.Add(request);
            var arrived = _arrived;
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            arrived.SetResult();
        }
        context.Response.StatusCode = reply.Status;
        if (reply.Json is null) return;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(reply.Json);
    }

    private Reply Usual(RecordedRequest request) => request.What switch
    {
        "POST /worker/register-worker" => new(200, """{"uuid":"0b6f3f0e-5a86-4a41-9a0e-0b7a2f1d9c11","name":"n","status":"offline"}"""),
        "POST /worker/sign-on" => new(200, """{"status_requested":"awake"}"""),
        "POST /worker/task" => Tasks.TryDequeue(out var task) ? new(200, task) : new(204),
        "GET /version" => new(200, """{"version":"1","shortversion":"1","name":"Farm","git":"x"}"""),
        var what when what.EndsWith("/may-i-run") => new(200, """{"mayKeepRunning":true,"reason":"","statusChangeRequested":false}"""),
        var what when what.EndsWith("/output-produced") => new(202),
        _ => new(204),
    };
}
