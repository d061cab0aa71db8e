using System.Collections.Concurrent;
using Farm.Server.Store.Engine.Postgres;
using Npgsql;

namespace Farm.Tests.Support;

/// <summary>
/// The databases that tests use. <c>FARM_TEST_DATABASE</c> is the address of a PostgreSQL database for tests of both engines; with
/// <c>FARM_TEST_ENGINE=postgres</c>, all tests use it. Each data directory has its own schema there, so that a farm that is started again finds
/// its tables.
/// </summary>
internal static class TestDatabase
{
    /// <summary>Why a test of PostgreSQL is skipped; null if there is a server.</summary>
    public static readonly string? WhySkipped = Environment.GetEnvironmentVariable("FARM_TEST_DATABASE") is { Length: > 0 }
        ? null
        : "Set FARM_TEST_DATABASE to the address of a PostgreSQL database, such as postgres://farm:secret@localhost/farm_test.";

    private static readonly ConcurrentDictionary<string, (string Name, bool IsRented)> Schemas = new();
    private static readonly Lazy<NpgsqlDataSource> Source = new(() => new NpgsqlDataSourceBuilder(
        new NpgsqlConnectionStringBuilder(PostgresAddress.Read(Address).ConnectionString) { SearchPath = null }.ConnectionString)
        .ConfigureTypeLoading(types => types.EnableTypeLoading(false)).Build());
    private static readonly Lazy<EmptySchemas> Empty = new(() =>
    {
        var schemas = new EmptySchemas(Source.Value, NewSchema);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => schemas.DropAll();
        return schemas;
    });
    private static int _last;

    /// <summary>Whether all tests use PostgreSQL.</summary>
    public static bool IsPostgres { get; } = Environment.GetEnvironmentVariable("FARM_TEST_ENGINE") == "postgres";

    /// <summary>The database of a data directory; null for SQLite. In PostgreSQL, the tables of a new farm may already exist.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="engine">The engine, <c>sqlite</c> or <c>postgres</c>; null for the one that all tests use.</param>
    public static string? Of(string directory, string? engine = null) => (engine is null ? IsPostgres : engine == "postgres")
        ? AddressOf(directory, () => (Empty.Value.Rent(), true))
        : null;

    /// <summary>The PostgreSQL database of a data directory. A new one has no tables.</summary>
    public static string Postgres(string directory) => AddressOf(directory, () => (NewSchema(), false));

    /// <summary>Runs a statement in the PostgreSQL database, outside any farm.</summary>
    public static object? Run(string sql)
    {
        using var command = Source.Value.CreateCommand(sql);
        return command.ExecuteScalar();
    }

    /// <summary>Ends the use of the schemas of all data directories below a directory.</summary>
    public static void DropBelow(string directory)
    {
        foreach (var path in Schemas.Keys.Where(path => path.StartsWith(directory, StringComparison.Ordinal)).ToList())
        {
            if (!Schemas.TryRemove(path, out var schema)) continue;
            if (schema.IsRented) Empty.Value.Return(schema.Name);
            else Run($"DROP SCHEMA IF EXISTS {schema.Name} CASCADE");
        }
    }

    private static string AddressOf(string directory, Func<(string Name, bool IsRented)> rent) =>
        $"{Address}?schema={Schemas.GetOrAdd(Path.GetFullPath(directory), _ => rent()).Name}";

    private static string Address => Environment.GetEnvironmentVariable("FARM_TEST_DATABASE") ?? throw new InvalidOperationException(WhySkipped);

    private static string NewSchema() => $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _last)}";
}
