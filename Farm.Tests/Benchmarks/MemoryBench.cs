using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Farm.Tests.Drills;
using Farm.Tests.Operations.Images.Inspection;
using Farm.Tests.Support;

namespace Farm.Tests.Benchmarks;

/// <summary>
/// The memory of a server while and after it gets small requests with a large effect. A minute later it must be within 50 MB of what it was before
/// (Docs/security.md).
/// </summary>
internal sealed class MemoryBench : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(75);

    private readonly ServerProcess _server;
    private readonly HttpClient _client;
    private readonly int _port;
    private readonly Table _table = new("Memory of the server in MB", "", "most", "after", "more than idle");
    private long _idle;

    private MemoryBench(ServerProcess server, int port)
    {
        (_server, _port) = (server, port);
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public static async Task RunAsync()
    {
        using var directory = new TemporaryDirectory();
        var port = ServerProcess.FreePort();
        using var bench = new MemoryBench(await ServerProcess.StartAsync(directory["data"], port), port);
        await bench.MeasureAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private async Task MeasureAsync()
    {
        await RowAsync("idle: one job, one page, one picture", async () =>
        {
            await SubmitAsync("x", 3);
            await PageAsync();
            await PictureAsync(SampleImages.Png(64, 64));
        });
        _idle = _server.ResidentBytes;
        await RowAsync("6 bodies of 60 MB at once", () => ManyAsync(6, _ => PostAsync("/api/v3/jobs", $$"""{"name":"{{new string('a', 60 * Megabyte)}}"}""")));
        await RowAsync("a picture with 990 MB of packed zeros", () => PictureAsync(
            SampleImages.Png(SampleImages.Header(4, 4), new byte[20], SampleImages.Chunk("iCCP", [.. "Profile\0\0"u8, .. SampleImages.PackedZeros(990L * Megabyte)]))));
        await RowAsync("a picture of 126 megapixels", () => PictureAsync(SampleImages.Png(14_000, 9_000)));
        await RowAsync("a job of 1,000 tasks with 1 MB each, refused", () => SubmitAsync(new string('a', Megabyte), 1000));
        await RowAsync("a job of 200 tasks with 1 MB each", () => SubmitAsync(new string('a', Megabyte), 200));
        await RowAsync("a job of 1,000,000 tasks", () => SubmitAsync("x", 1_000_000));
        await RowAsync("200 sign-ons of workers at once", () => ManyAsync(200, i => PostAsync(
            "/api/v3/worker/register-worker", $$"""{"name":"w{{i}}","secret":"{{new string('s', 32)}}","platform":"linux","supported_task_types":["misc"]}""")));
        await RowAsync("200 pages at once", () => ManyAsync(200, async _ =>
        {
            await PageAsync();
            using var socket = new ClientWebSocket();
            socket.Options.SetRequestHeader("Origin", $"http://127.0.0.1:{_port}");
            try
            {
                await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/_blazor"), default);
                await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, default);
                await socket.ReceiveAsync(new byte[4096], default);
            }
            catch (WebSocketException)
            {
                // More than one machine may have open.
            }
        }));
    }

    private async Task RowAsync(string name, Func<Task> work)
    {
        // Pictures are decoded after their request, so the most may come later.
        var running = Task.Run(async () =>
        {
            await work();
            await Task.Delay(Rest);
        });
        var most = 0L;
        while (!running.IsCompleted)
        {
            most = Math.Max(most, _server.ResidentBytes);
            await Task.WhenAny(running, Task.Delay(50));
        }

        await running;
        var after = _server.ResidentBytes;
        _table.Row(name, $"{most / Megabyte}", $"{after / Megabyte}", _idle == 0 ? "" : $"{(after - _idle) / Megabyte}");
    }

    private static Task ManyAsync(int count, Func<int, Task> one) => Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => one(i))));

    private async Task PostAsync(string path, string body)
    {
        try
        {
            using var answer = await _client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            await answer.Content.ReadAsByteArrayAsync();
        }
        catch (HttpRequestException)
        {
            // The server refused the body while it was sent.
        }
    }

    private async Task SubmitAsync(string arguments, int frames)
    {
        using var answer = await _client.PostAsJsonAsync("/api/v3/jobs", new
        {
            name = "n",
            type = "command-line",
            priority = 50,
            submitter_platform = "linux",
            settings = new { executable = "x", arguments = $"{arguments} <STARTFRAME>", frames = $"1-{frames}" },
        });
        await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task PageAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await _client.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Sends a picture as the output of a task.</summary>
    private async Task PictureAsync(byte[] picture)
    {
        using var worker = await RawWorker.AwakeAsync(_port, $"w-{Guid.NewGuid():N}");
        var task = await worker.ScheduleAsync() ?? throw new InvalidOperationException("there is no task");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v3/worker/task/{task}/output-produced")
        {
            Content = new ByteArrayContent(picture) { Headers = { { "Content-Type", "image/png" } } },
            Headers = { Authorization = worker.Authorization },
        };
        using var answer = await _client.SendAsync(request);
        if (!answer.IsSuccessStatusCode) Console.WriteLine($"the picture was refused: {await answer.Content.ReadAsStringAsync()}");
        await worker.CompleteAsync(task);
    }
}
