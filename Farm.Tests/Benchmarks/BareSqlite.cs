using System.Diagnostics;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Benchmarks;

/// <summary>The baseline of disk and SQLite: single updates, each in its own commit, with the farm's pragmas.</summary>
internal static class BareSqlite
{
    /// <summary>Measures commits for a while.</summary>
    public static Measurement Measure(TimeSpan duration)
    {
        using var directory = new TemporaryDirectory();
        using var connection = new SqliteConnection($"Data Source={directory["bare.db"]};Pooling=False");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000; PRAGMA cache_size = -65536");
        Run(connection, "CREATE TABLE tasks (id INTEGER PRIMARY KEY, status INTEGER NOT NULL, worker_id INTEGER) STRICT");
        Run(connection, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO tasks SELECT i, 0, NULL FROM n");

        using var update = connection.CreateCommand();
        update.CommandText = "UPDATE tasks SET status = $status, worker_id = $worker WHERE id = $id";
        var status = update.Parameters.Add("$status", SqliteType.Integer);
        var worker = update.Parameters.Add("$worker", SqliteType.Integer);
        var id = update.Parameters.Add("$id", SqliteType.Integer);
        update.Prepare();

        var latencies = new List<long>();
        var processor = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0L; Stopwatch.GetElapsedTime(started) < duration; i++)
        {
            var before = Stopwatch.GetTimestamp();
            (status.Value, worker.Value, id.Value) = (i % 8, i % 16, (i % 1000) + 1);
            update.ExecuteNonQuery();
            latencies.Add(Stopwatch.GetTimestamp() - before);
        }

        return new Measurement(latencies, Stopwatch.GetElapsedTime(started), Environment.CpuUsage.TotalTime - processor);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
