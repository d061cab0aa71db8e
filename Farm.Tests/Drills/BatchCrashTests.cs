using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Drills;

/// <summary>The server is killed between fetch, acknowledge and complete: nothing is lost and nothing done twice (Contracts/Aspire/Contract.md section 5.6).</summary>
public sealed class BatchCrashTests
{
    private const int Kills = 6;
    private const int Workers = 4;
    private const int Entries = 3_000;

    private readonly ConcurrentBag<string> _completed = [];
    private int _batches;

    [Fact]
    public async Task Returned_batches_survive_every_kill_and_each_entry_is_completed_once()
    {
        using var directory = new TemporaryDirectory();
        var data = directory["farm"];
        var port = ServerProcess.FreePort();
        var random = new Random(20_260_105);
        var server = await ServerProcess.StartAsync(data, port);
        var pushed = await FillAsync(port);
        var load = Enumerable.Range(0, Workers).Select(i => Task.Run(() => WorkAsync(port, $"w{i}"))).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = Volatile.Read(ref _batches) + random.Next(5, 40);
            while (Volatile.Read(ref _batches) < enough && !load.Exists(task => task.IsCompleted)) await Task.Delay(2);
            server.KillNow();
            server.Dispose();
            server = await ServerProcess.StartAsync(data, port);
        }

        await Task.WhenAll(load);
        server.Dispose();

        await using var farm = new StoreFarm(data);
        Invariants.Check(farm.Store);
        Assert.Equal(Entries, farm.Number("SELECT count(*) FROM tasks WHERE status = 5"));
        Assert.Equal(Entries, farm.Number("SELECT count(*) FROM attempts WHERE outcome = 1"));
        Assert.Equal(pushed.Order(StringComparer.Ordinal), _completed.Order(StringComparer.Ordinal));
    }

    private static async Task<List<string>> FillAsync(int port)
    {
        using var connection = new RawConnection(port);
        await connection.ConnectAsync();
        var (status, answer) = await connection.SendAsync(RawConnection.Request("POST", "/aspire_api/seeds", """{"batchSize":10}"""));
        Assert.Equal(201, status);
        var seedId = (string)Parse(answer)["seed"]!["id"]!;
        var ids = new List<string>();
        // Small enough for the buffer of the test connection.
        foreach (var some in Enumerable.Range(0, Entries).Chunk(500))
        {
            var body = JsonSerializer.Serialize(new { seedId, documents = some.Select(i => new { url = $"file:///{i}" }) });
            (status, answer) = await connection.SendAsync(RawConnection.Request("POST", "/aspire_api/pushUpdates", body));
            Assert.Equal(200, status);
            ids.AddRange(Parse(answer)["documents"]!.AsArray().Select(document => (string)document!["pushQueueId"]!));
        }

        return ids;
    }

    /// <summary>
    /// Works until nothing is left. Batch calls without a response are repeated. After a fetch without a response, the worker releases itself,
    /// since it does not know which batch it was sent.
    /// </summary>
    private async Task WorkAsync(int port, string name)
    {
        using var worker = new TrackerCaller(port);
        while (true)
        {
            if (await worker.TryCallAsync("GET", $"/manager/batch?worker={name}") is not var (status, answer))
            {
                // The worker is unknown if the server never got its fetch.
                Assert.Contains((await worker.CallAsync("PUT", $"/manager/release/worker/{name}")).Status, (int[])[200, 404]);
                continue;
            }

            Assert.Equal(200, status);
            if (answer["batch"] is not { } batch)
            {
                if (_completed.Count == Entries) return;
                await Task.Delay(5);
                continue;
            }

            Interlocked.Increment(ref _batches);
            Assert.Equal(200, (await worker.CallAsync("PUT", $"/manager/batch/ack/{batch["id"]}")).Status);
            Assert.Equal(200, (await worker.CallAsync("PUT", $"/manager/batch/complete/{batch["id"]}")).Status);
            foreach (var entry in batch["entry"]!.AsArray()) _completed.Add((string)entry!["_id"]!);
        }
    }

    private static JsonNode Parse(ReadOnlyMemory<byte> body) => JsonNode.Parse(Whole(body))!;

    /// <summary>The text of a possibly chunked body.</summary>
    private static string Whole(ReadOnlyMemory<byte> body)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        if (text.StartsWith('{')) return text;
        var whole = new StringBuilder();
        for (var at = 0; ;)
        {
            var end = text.IndexOf("\r\n", at, StringComparison.Ordinal);
            var size = Convert.ToInt32(text[at..end], 16);
            if (size == 0) return whole.ToString();
            whole.Append(text, end + 2, size);
            at = end + size + 4;
        }
    }

    /// <summary>Makes calls over one connection and reconnects whenever the server was down.</summary>
    private sealed class TrackerCaller(int port) : IDisposable
    {
        private RawConnection? _connection;

        public async Task<(int Status, JsonNode Answer)> CallAsync(string method, string path)
        {
            while (true)
            {
                if (await TryCallAsync(method, path) is { } answer) return answer;
            }
        }

        /// <summary>Null if the server went down before it responded.</summary>
        public async Task<(int Status, JsonNode Answer)?> TryCallAsync(string method, string path)
        {
            try
            {
                _connection ??= await ConnectAsync();
                var (status, body) = await _connection.SendAsync(RawConnection.Request(method, "/aspire_api" + path, ""));
                return (status, Parse(body));
            }
            catch (IOException)
            {
                Dispose();
                return null;
            }
        }

        public void Dispose()
        {
            _connection?.Dispose();
            _connection = null;
        }

        private async Task<RawConnection> ConnectAsync()
        {
            while (true)
            {
                var connection = new RawConnection(port);
                try
                {
                    await connection.ConnectAsync();
                    return connection;
                }
                catch (SocketException)
                {
                    connection.Dispose();
                    await Task.Delay(20);
                }
            }
        }
    }
}
