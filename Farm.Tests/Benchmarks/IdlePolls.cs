using System.Diagnostics;
using Farm.Server.Operations.Workers;
using Farm.Server.Store.Engine;
using Farm.Tests.Support;

namespace Farm.Tests.Benchmarks;

/// <summary>Many workers that ask for work while there is none, each every few seconds as real ones do.</summary>
internal static class IdlePolls
{
    /// <summary>How often a Flamenco worker asks while there is nothing to do.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const string Secret = "0123456789abcdef0123456789abcdef";
    private const int PerConnection = 50;

    /// <summary>Writes workers that are awake and wait for work.</summary>
    public static Task<List<Guid>> AddWorkersAsync(FarmStore store, int count) => store.WriteAsync(tx =>
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(Guid.CreateVersion7());
            var id = tx.Db.Insert(
                "INSERT INTO workers (uuid, name, secret_hash, platform, address, status, created_at, updated_at) VALUES ($1, $2, $3, 'linux', '', $4, $5, $5)",
                ids[i], $"idle-{i}", RandomSecret.Hash(Secret), (int)Farm.Server.Domain.Workers.WorkerStatus.Awake, tx.Now);
            tx.Db.Execute("INSERT INTO worker_task_types (worker_id, task_type) VALUES ($1, 'misc')", id);
        }

        return ids;
    });

    /// <summary>Measures their polls at their pace; a poll that is late counts from when it was due.</summary>
    public static async Task<Measurement> MeasureAsync(IReadOnlyList<int> ports, IReadOnlyList<Guid> workers, TimeSpan duration)
    {
        return await Measurement.OfAsync(started => workers.Chunk(PerConnection).Select((group, number) => Task.Run(async () =>
        {
            var latencies = new List<long>();
            using var connection = new RawConnection(ports[number % ports.Count]);
            await connection.ConnectAsync();
            var polls = group.Select(id => RawConnection.Request("POST", "/api/v3/worker/task", "", id.ToString(), Secret)).ToList();
            var step = Interval / group.Length;
            // The groups are spread over one step.
            var offset = step * (number * PerConnection / (double)workers.Count);
            for (var poll = 0; ; poll++)
            {
                var due = offset + (step * poll);
                if (due > duration) return latencies;
                if (due - Stopwatch.GetElapsedTime(started) is var early && early > TimeSpan.Zero) await Task.Delay(early);
                var (status, _) = await connection.SendAsync(polls[poll % polls.Count]);
                if (status != 204) throw new InvalidOperationException($"a poll was answered with {status}");
                latencies.Add((Stopwatch.GetElapsedTime(started) - due).Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond);
            }
        })));
    }
}
