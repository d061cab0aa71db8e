using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Farm.Tests.Contracts.Farm;
using Farm.Tests.Operations.Files;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Drills;

/// <summary>The server is killed during uploads: acknowledged files survive, and other leftovers are cleaned up.</summary>
public sealed class FileCrashTests
{
    private const int Kills = 5;
    private const int Senders = 4;
    private const int FilesBetweenKills = 20;

    private readonly ConcurrentDictionary<string, string> _acknowledged = new();
    private volatile bool _stop;

    [Fact]
    public async Task Acknowledged_files_survive_server_kills_during_uploads()
    {
        using var directory = new TemporaryDirectory();
        var data = directory["farm"];
        var port = ServerProcess.FreePort();
        var server = await ServerProcess.StartAsync(data, port);
        var (worker, task) = await TakeAsync(new Uri($"http://127.0.0.1:{port}"));
        var senders = Enumerable.Range(0, Senders).Select(i => Task.Run(() => SendAsync(worker, task, i))).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = _acknowledged.Count + FilesBetweenKills;
            while (_acknowledged.Count < enough && !senders.Any(sender => sender.IsFaulted)) await Task.Delay(5);
            server.KillNow();
            server.Dispose();
            server = await ServerProcess.StartAsync(data, port);
        }

        _stop = true;
        await Task.WhenAll(senders);
        server.KillNow();
        server.Dispose();

        await using var farm = new ContentFixture(data);
        Invariants.Check(farm.Farm.Store);
        var rows = farm.Farm.Store.Read(db => db.All("SELECT path, sha256 FROM artifacts", row => (Path: row.GetString(0), Sha256: row.GetString(1))))
            .ToDictionary(row => row.Path, row => row.Sha256);
        foreach (var (path, sha256) in _acknowledged) Assert.Equal(sha256, rows[path]);
        foreach (var sha256 in rows.Values.Distinct()) Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(await farm.ReadAsync(sha256))));

        // With several managers, only what is old is nobody's any more.
        farm.Time.Advance(DateTimeOffset.UtcNow - farm.Time.GetUtcNow() + TimeSpan.FromDays(2));
        farm.Garbage.RemoveUnfinished();
        await farm.Garbage.RemoveForgottenAsync();
        Assert.Empty(farm.Unfinished());
        farm.CheckRows();
    }

    private static async Task<(TestWorker Worker, JsonObject Task)> TakeAsync(Uri address)
    {
        using var client = new HttpClient { BaseAddress = address };
        using var submitted = await client.PostAsJsonAsync("/api/v3/jobs", new
        {
            name = "Echo",
            type = "echo-sleep-test",
            submitter_platform = "linux",
            settings = new { message = "hello", sleep_duration_seconds = 1, sleep_repeats = 0 },
        });
        Assert.True(submitted.IsSuccessStatusCode);
        string[] types = ["misc"];
        using var registered = await client.PostAsJsonAsync("/api/v3/worker/register-worker", new
        {
            name = "node",
            secret = "0123456789abcdef",
            platform = "linux",
            supported_task_types = types,
        });
        var worker = new TestWorker(address, (string)(await TestFarm.JsonAsync(registered))["uuid"]!, "0123456789abcdef", "node", types);
        await worker.SignOnAsync();
        await worker.BecomeAsync("awake");
        return (worker, await worker.TakeAsync());
    }

    /// <summary>Sends files until stopped, and like a worker repeats uploads that got no response.</summary>
    private async Task SendAsync(TestWorker worker, JsonObject task, int sender)
    {
        var random = new Random(sender);
        for (var i = 0; !_stop; i++)
        {
            // Some files are equal to those of other senders, so that several store the same content concurrently.
            var content = new byte[i % 3 == 0 ? 1000 : random.Next(1, 300_000)];
            if (i % 3 == 0) Array.Fill(content, (byte)(i % 7));
            else random.NextBytes(content);
            for (var path = $"{sender}/{i}"; !_acknowledged.ContainsKey(path);)
            {
                try
                {
                    using var answer = await worker.UploadAsync(task, path, content);
                    Assert.True(answer.IsSuccessStatusCode, $"{answer}");
                    _acknowledged[path] = (string)(await TestFarm.JsonAsync(answer))["sha256"]!;
                }
                catch (Exception gone) when (gone is HttpRequestException or IOException)
                {
                    await Task.Delay(20);
                }
            }
        }
    }
}
