using Farm.Server.Hosting;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Benchmarks;

/// <summary>
/// Three managers on one PostgreSQL database, next to a bare queue in the same database: <c>bench managers</c> with the address of a database in
/// <c>FARM_TEST_DATABASE</c>.
/// </summary>
internal static class ManagersBench
{
    private const int Managers = 3;
    private const int Connections = 16;
    private const int IdleWorkers = 10_000;
    private static readonly int[] Workers = [16, 48, 192];

    public static async Task RunAsync(IEnumerable<int> backlogs, TimeSpan duration)
    {
        if (TestDatabase.WhySkipped is { } reason)
        {
            Console.WriteLine($"\nManagers: {reason}");
            return;
        }

        var table = new Table($"{Managers} managers on PostgreSQL, claims and completions over HTTP", "", "per s", "p50 ms", "p99 ms", "max ms", "cpu µs", "of bare");
        foreach (var tasks in backlogs)
        {
            using var directory = new TemporaryDirectory();
            var apps = await StartAsync(directory);
            var ports = apps.Select(app => new Uri(app.Urls.Single()).Port).ToList();
            await RawWorker.SubmitAsync(ports[0], tasks);
            await HttpCycles.MeasureAsync(ports, Managers, TimeSpan.FromSeconds(0.5));
            if (tasks == 1_000) await RawWorker.SubmitAsync(ports[0], 100_000);
            foreach (var workers in Workers)
            {
                var bare = await BarePostgres.MeasureAsync(TestDatabase.Postgres(directory["bare"]), Connections, duration);
                var cycles = await HttpCycles.MeasureAsync(ports, workers, duration);
                Row(table, $"{workers} workers, backlog {tasks:N0}", cycles, 2, bare);
                Row(table, $"  bare SKIP LOCKED, {Connections} connections", bare, 1, bare);
            }

            await StopAsync(apps);
        }

        await IdleAsync(duration);
    }

    private static async Task IdleAsync(TimeSpan duration)
    {
        var table = new Table($"{IdleWorkers:N0} idle workers on {Managers} managers", "", "per s", "p50 ms", "p99 ms", "max ms", "cpu µs", "log B/poll");
        using var directory = new TemporaryDirectory();
        var apps = await StartAsync(directory);
        var ports = apps.Select(app => new Uri(app.Urls.Single()).Port).ToList();
        var workers = await IdlePolls.AddWorkersAsync(apps[0].Services.GetRequiredService<FarmStore>(), IdleWorkers);
        await IdlePolls.MeasureAsync(ports, workers, IdlePolls.Interval);
        var before = LogPosition();
        var polls = await IdlePolls.MeasureAsync(ports, workers, duration + IdlePolls.Interval);
        var written = LogPosition() - before;
        table.Row(
            "polls", $"{polls.Rate:N0}", $"{polls.Milliseconds(0.5):0.00}", $"{polls.Milliseconds(0.99):0.00}", $"{polls.Milliseconds(1):0.00}",
            $"{polls.ProcessorMicroseconds:N0}", $"{written / polls.Latencies.Count:N0}");
        await StopAsync(apps);
    }

    private static void Row(Table table, string name, Measurement measured, int each, Measurement bare) => table.Row(
        name, $"{measured.Rate * each:N0}", $"{measured.Milliseconds(0.5):0.00}", $"{measured.Milliseconds(0.99):0.00}", $"{measured.Milliseconds(1):0.00}",
        $"{measured.ProcessorMicroseconds / each:N0}", $"{measured.Rate * each / bare.Rate:0.00}");

    private static decimal LogPosition() => (decimal)TestDatabase.Run("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn")!;

    private static async Task<List<WebApplication>> StartAsync(TemporaryDirectory directory)
    {
        List<WebApplication> apps = [];
        Directory.CreateDirectory(directory["files"]);
        for (var number = 0; number < Managers; number++)
        {
            apps.Add(FarmHost.Build(new FarmHostOptions(new DataDirectory(directory[$"manager-{number}"], directory["files"]))
            {
                Urls = "http://127.0.0.1:0",
                Console = TextWriter.Null,
                Database = TestDatabase.Postgres(directory["farm"]),
            }));
            await apps[^1].StartAsync();
        }

        return apps;
    }

    private static async Task StopAsync(List<WebApplication> apps)
    {
        foreach (var app in apps)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
