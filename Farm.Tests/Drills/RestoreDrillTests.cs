using System.Collections.Concurrent;
using System.Net.Sockets;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;
using Xunit.Abstractions;

namespace Farm.Tests.Drills;

/// <summary>
/// A farm under load is backed up, goes on, is killed and restored (Docs/backup.md): everything that was acknowledged before the backup is there, all rows
/// keep their rules, workers go on, and going back brings the newer state back.
/// </summary>
public sealed class RestoreDrillTests(ITestOutputHelper output) : IDisposable
{
    private const int Workers = 4;
    private const int Tasks = 20_000;
    private const int Enough = 300;

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = ServerProcess.FreePort();
    private readonly ConcurrentDictionary<string, byte> _completed = new();
    private volatile bool _stop;

    public void Dispose() => _directory.Dispose();

    [SqliteFact]
    public async Task A_restored_farm_has_everything_of_its_backup_and_goes_on_and_back()
    {
        var data = _directory["farm"];
        var server = await ServerProcess.StartAsync(data, _port);
        await RawWorker.SubmitAsync(_port, Tasks);
        var workers = await Task.WhenAll(Enumerable.Range(0, Workers).Select(i => RawWorker.AwakeAsync(_port, $"w{i}")));
        var load = workers.Select(worker => Task.Run(() => WorkAsync(worker))).ToList();

        await CompletedAsync(load, Enough);
        var before = _completed.Keys.ToList();
        var backup = Path.GetFileName(await RunAsync("backup", "--with", "settings,artifacts", "--url", $"http://127.0.0.1:{_port}"));
        var after = _completed.Count;
        await CompletedAsync(load, after + Enough);
        server.KillNow();
        server.Dispose();
        await StopAsync(load);
        var all = _completed.Keys.ToList();

        var kept = await RunAsync("restore", backup);
        output.WriteLine($"{before.Count} tasks before the backup, {all.Count} before the kill; {kept}");
        var restored = Check(data, before);
        Assert.InRange(restored, before.Count, all.Count - Enough / 2);

        // The same workers go on with the restored farm.
        server = await ServerProcess.StartAsync(data, _port);
        (_stop, var soFar) = (false, _completed.Count);
        _completed.Clear();
        load = [.. workers.Select(worker => Task.Run(() => WorkAsync(worker)))];
        await CompletedAsync(load, Enough);
        await StopAsync(load);
        server.KillNow();
        server.Dispose();
        Assert.True(Check(data, [.. before, .. _completed.Keys]) >= restored + Enough, $"{soFar} tasks were completed before the restore");

        await RunAsync("restore", Path.GetFileName(Assert.Single(Directory.GetDirectories(Path.Combine(data, "backups"), "replaced-*"))));
        Assert.True(Check(data, all) >= all.Count);
        foreach (var worker in workers) worker.Dispose();
    }

    /// <summary>Fails unless all rules hold and the tasks are completed; returns how many are.</summary>
    private static int Check(string data, IReadOnlyCollection<string> completed)
    {
        var farm = new StoreFarm(data);
        try
        {
            Invariants.Check(farm.Store);
            var rows = farm.Store.Read(db => db.All("SELECT uuid FROM tasks WHERE status = 5", row => $"{row.Uuid(0)}")).ToHashSet();
            Assert.Empty(completed.Except(rows));
            return rows.Count;
        }
        finally
        {
            farm.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private async Task CompletedAsync(List<Task> load, int count)
    {
        while (_completed.Count < count)
        {
            if (load.Find(task => task.IsFaulted) is { } failed) await failed;
            await Task.Delay(5);
        }
    }

    private async Task StopAsync(List<Task> load)
    {
        _stop = true;
        await Task.WhenAll(load);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        await using var command = FarmProcess.Start(_directory.Path, [.. arguments, "--data", "farm"]);
        Assert.Equal((0, ""), (await command.ExitAsync(), command.Errors));
        return command.Output.Split(" (")[0].Trim();
    }

    /// <summary>Works until stopped. A task of before the restore may be refused; then the worker takes another.</summary>
    private async Task WorkAsync(RawWorker worker)
    {
        await ReconnectAsync(worker);
        while (!_stop)
        {
            try
            {
                if (await worker.ScheduleAsync() is not { } task) continue;
                if (await worker.CompleteAsync(task) == 204) _completed.TryAdd(task, 0);
            }
            catch (IOException) when (!_stop)
            {
                await ReconnectAsync(worker);
            }
            catch (IOException)
            {
                // The server was killed.
            }
        }
    }

    private async Task ReconnectAsync(RawWorker worker)
    {
        while (!_stop)
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
