using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Farm.Tests.Support;

/// <summary>A load-generating worker that takes and completes tasks over one connection with minimal overhead.</summary>
internal sealed class RawWorker(int port, string id) : IDisposable
{
    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const string Completed = """{"taskStatus":"completed","activity":"Completed"}""";

    private readonly byte[] _schedule = RawConnection.Request("POST", "/api/v3/worker/task", "", id, Secret);
    private readonly byte[] _report = RawConnection.Request("POST", $"/api/v3/worker/task/{Guid.Empty}", Completed, id, Secret);
    private RawConnection _connection = new(port);

    /// <summary>The UUID of the worker.</summary>
    public string Id => id;

    /// <summary>Its credentials, for requests with another client.</summary>
    public AuthenticationHeaderValue Authorization => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{Secret}")));

    /// <summary>Registers a worker and makes it awake.</summary>
    public static async Task<RawWorker> AwakeAsync(int port, string name)
    {
        using var connection = new RawConnection(port);
        await connection.ConnectAsync();
        var (status, body) = await connection.SendAsync(RawConnection.Request(
            "POST", "/api/v3/worker/register-worker",
            $$"""{"name":"{{name}}","secret":"{{Secret}}","platform":"linux","supported_task_types":["misc"]}"""));
        Assert.Equal(200, status);
        var id = (string)JsonNode.Parse(Text(body))!["uuid"]!;
        await connection.SendAsync(RawConnection.Request(
            "POST", "/api/v3/worker/sign-on", $$"""{"name":"{{name}}","supported_task_types":["misc"],"software_version":"load"}""", id, Secret));
        Assert.Equal(204, (await connection.SendAsync(RawConnection.Request(
            "POST", "/api/v3/worker/state-changed", """{"status":"awake"}""", id, Secret))).Status);
        var worker = new RawWorker(port, id);
        await worker.ConnectAsync();
        return worker;
    }

    /// <summary>Submits a job with this many tasks that depend only on the first.</summary>
    public static async Task SubmitAsync(int port, int tasks)
    {
        using var connection = new RawConnection(port);
        await connection.ConnectAsync();
        var (status, body) = await connection.SendAsync(RawConnection.Request(
            "POST", "/api/v3/jobs",
            $$$"""
            {"name":"load","type":"echo-sleep-test","priority":50,"submitter_platform":"linux",
            "settings":{"message":"hello","sleep_duration_seconds":1,"sleep_repeats":{{{tasks - 1}}}}}
            """));
        if (status != 200) throw new InvalidOperationException($"{status} {Text(body)}");
    }

    /// <summary>Reconnects after the server was down.</summary>
    public Task ConnectAsync()
    {
        _connection.Dispose();
        _connection = new RawConnection(port);
        return _connection.ConnectAsync();
    }

    /// <summary>Requests a task and returns its UUID, or null if there is none.</summary>
    public async Task<string?> ScheduleAsync()
    {
        var (status, body) = await _connection.SendAsync(_schedule);
        if (status == 204) return null;
        if (status != 200) throw new InvalidOperationException($"{status} {Text(body)}");
        var from = body.Span.IndexOf("\"uuid\":\""u8) + 8;
        return Encoding.ASCII.GetString(body.Span.Slice(from, 36));
    }

    /// <summary>Reports a task as completed and returns the response status.</summary>
    public async Task<int> CompleteAsync(string task)
    {
        Encoding.ASCII.GetBytes(task, _report.AsSpan("POST /api/v3/worker/task/".Length));
        return (await _connection.SendAsync(_report)).Status;
    }

    public void Dispose() => _connection.Dispose();

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);
}
