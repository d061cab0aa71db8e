using System.Diagnostics;
using Farm.Server.Store.Engine.Postgres;
using Npgsql;

namespace Farm.Tests.Benchmarks;

/// <summary>The baseline of a queue in PostgreSQL: claims with SKIP LOCKED and completions, each in its own commit, on many connections.</summary>
internal static class BarePostgres
{
    private const int Tasks = 200_000;
    private const string Claim =
        """
        UPDATE bare_queue SET status = 1, worker_id = $1
        WHERE id = (SELECT id FROM bare_queue WHERE status = 0 ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1) RETURNING id
        """;

    /// <summary>Measures claims and completions, each counted as one.</summary>
    public static async Task<Measurement> MeasureAsync(string address, int connections, TimeSpan duration)
    {
        var settings = PostgresAddress.Read(address);
        settings.MaxPoolSize = connections;
        settings.MaxAutoPrepare = 10;
        settings.AutoPrepareMinUsages = 2;
        await using var source = NpgsqlDataSource.Create(settings);
        await ExecuteAsync(source, "CREATE SCHEMA IF NOT EXISTS " + settings.SearchPath);
        await ExecuteAsync(source, "DROP TABLE IF EXISTS bare_queue");
        await ExecuteAsync(source, "CREATE TABLE bare_queue (id BIGINT PRIMARY KEY, status BIGINT NOT NULL, worker_id BIGINT)");
        await ExecuteAsync(source, "CREATE INDEX bare_queue_ready ON bare_queue (id) WHERE status = 0");
        await ExecuteAsync(source, $"INSERT INTO bare_queue SELECT i, 0, NULL FROM generate_series(1, {Tasks}) i");
        await ExecuteAsync(source, "ANALYZE bare_queue");
        return await Measurement.OfAsync(started => Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var claim = new NpgsqlCommand(Claim, connection) { Parameters = { new() { Value = (long)number } } };
            await using var complete = new NpgsqlCommand("UPDATE bare_queue SET status = 2 WHERE id = $1", connection) { Parameters = { new() { Value = 0L } } };
            var latencies = new List<long>();
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var before = Stopwatch.GetTimestamp();
                if (await claim.ExecuteScalarAsync() is not long id) break;
                var between = Stopwatch.GetTimestamp();
                complete.Parameters[0].Value = id;
                await complete.ExecuteNonQueryAsync();
                latencies.Add(between - before);
                latencies.Add(Stopwatch.GetTimestamp() - between);
            }

            return latencies;
        })));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
