using System.Collections.Concurrent;
using System.Net.Sockets;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;
using Xunit.Abstractions;

namespace Farm.Tests.Drills;

/// <summary>The server is killed repeatedly under load: nothing acknowledged is lost and nothing is done twice (Docs/design.md section 1, rule 3).</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Kills = 20;
    private const int Workers = 8;

    private readonly ConcurrentBag<(string Task, string Worker)> _handedOut = [];
    private readonly ConcurrentBag<(string Task, string Worker)> _completed = [];
    private volatile bool _stop;

    [Fact]
    public async Task Twenty_server_kills_lose_nothing_acknowledged_and_repeat_nothing()
    {
        using var directory = new TemporaryDirectory();
        var data = directory["farm"];
        var port = ServerProcess.FreePort();
        var random = new Random(20_260_105);
        var (starts, emptyStarts) = (new List<TimeSpan>(), new List<TimeSpan>());
        var server = await ServerProcess.StartAsync(data, port);
        await RawWorker.SubmitAsync(port, 100_000);
        var workers = await Task.WhenAll(Enumerable.Range(0, Workers).Select(i => RawWorker.AwakeAsync(port, $"w{i}")));
        var load = workers.Select(worker => Task.Run(() => WorkAsync(worker))).ToList();
        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = _completed.Count + random.Next(20, 200);
            while (_completed.Count < enough && !load.Any(task => task.IsFaulted)) await Task.Delay(5);
            server.KillNow();
            server.Dispose();
            if (kill % 4 == 0) emptyStarts.Add(await StartEmptyAsync(directory[$"empty-{kill}"]));
            server = await ServerProcess.StartAsync(data, port);
            starts.Add(server.StartedIn);
        }

        _stop = true;
        await Task.WhenAll(load);
        server.Dispose();
        foreach (var worker in workers) worker.Dispose();
        output.WriteLine($"{_completed.Count} tasks completed; starts: {Seconds(starts)} s; of an empty farm: {Seconds(emptyStarts)} s");

        await using var farm = new StoreFarm(data);
        Invariants.Check(farm.Store);
        CheckJournal(farm);
        // Starts of empty farms show the speed of the machine; 100,000 tasks and a crash must add little to it.
        Assert.InRange(starts.Min(), TimeSpan.Zero, 2 * emptyStarts.Min());
    }

    private static async Task<TimeSpan> StartEmptyAsync(string data)
    {
        using var server = await ServerProcess.StartAsync(data, ServerProcess.FreePort());
        server.KillNow();
        return server.StartedIn;
    }

    private static string Seconds(IEnumerable<TimeSpan> times) => string.Join(", ", times.Select(time => $"{time.TotalSeconds:0.00}"));

    private void CheckJournal(StoreFarm farm)
    {
        var rows = farm.Store.Read(db => db.All(
            "SELECT t.uuid, t.status, w.uuid FROM tasks t JOIN workers w ON w.id = t.worker_id",
            row => (Task: $"{row.Uuid(0)}", Status: (TaskStatus)row.GetInt32(1), Worker: $"{row.Uuid(2)}"))).ToDictionary(row => row.Task);
        foreach (var (task, worker) in _handedOut) Assert.Equal(worker, rows[task].Worker);
        foreach (var (task, worker) in _completed) Assert.Equal((TaskStatus.Completed, worker), (rows[task].Status, rows[task].Worker));

        Assert.Equal(_completed.Count, _completed.Select(entry => entry.Task).Distinct().Count());
        Assert.Equal(0, farm.Number("SELECT count(*) FROM (SELECT task_id FROM attempts WHERE outcome = 1 GROUP BY task_id HAVING count(*) > 1) AS repeated"));
        Assert.Equal(_completed.Count, farm.Number("SELECT count(*) FROM attempts WHERE outcome = 1"));
    }

    /// <summary>Works until stopped, and like a worker repeats reports that got no response.</summary>
    private async Task WorkAsync(RawWorker worker)
    {
        string? task = null;
        while (!_stop || task is not null)
        {
            try
            {
                if (task is null)
                {
                    task = await worker.ScheduleAsync();
                    // At first all tasks depend on one.
                    if (task is null) continue;
                    _handedOut.Add((task, worker.Id));
                }

                Assert.Equal(204, await worker.CompleteAsync(task));
                _completed.Add((task, worker.Id));
                task = null;
            }
            catch (IOException)
            {
                await ReconnectAsync(worker);
            }
        }
    }

    private static async Task ReconnectAsync(RawWorker worker)
    {
        while (true)
        {
            try
            {
                await worker.ConnectAsync();
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(20);
            }
        }
    }
}
