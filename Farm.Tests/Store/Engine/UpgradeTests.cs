using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Tests.Store.Engine.OlderSchemas;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Store.Engine;

/// <summary>Databases of every older version are upgraded without losing data (Docs/design.md section 3, "Files").</summary>
public sealed class UpgradeTests : IDisposable
{
    private static readonly ModuleSchema Toy = new("toy", [new Migration(1, "CREATE TABLE toys (id INTEGER PRIMARY KEY) STRICT")]);

    private readonly TemporaryDirectory _temporary = new();
    private readonly DataDirectory _data;
    private readonly ListLogger<FarmStore> _log = new();

    public UpgradeTests() => _data = new DataDirectory(_temporary["farm"]);

    public static TheoryData<int> Versions => new(Enumerable.Range(1, OlderDatabase.Newest));

    [SqliteTheory]
    [MemberData(nameof(Versions))]
    public async Task Every_older_version_is_upgraded_to_the_schema_of_a_new_database(int version)
    {
        var fresh = new DataDirectory(_temporary["fresh"]);
        await Open(ProtocolSchemas.All, fresh).DisposeAsync();
        OlderDatabase.Make(_data, version);
        await Open(ProtocolSchemas.All).DisposeAsync();

        Assert.Equal(SchemaText.Of(fresh.Database), SchemaText.Of(_data.Database));
        Assert.Equal(["aspire 1", "flowserv 1", "task_tracker 3"], Texts("SELECT module || ' ' || version FROM module_schemas WHERE version > 0 ORDER BY module"));
        Assert.Equal([], Texts("SELECT \"table\" FROM pragma_foreign_key_check"));
        Assert.StartsWith($"before-schema-{Schema.Core[^1].Number}-", Path.GetFileName(Assert.Single(Directory.GetFiles(_data.Backups))));
    }

    [SqliteTheory]
    [InlineData(3, "1=")]
    [InlineData(5, "1= 2=task_tracker 3=aspire")]
    [InlineData(11, "1= 2=task_tracker 3=aspire 4=flowserv")]
    public async Task Existing_jobs_get_their_kind(int version, string kinds)
    {
        OlderDatabase.Make(_data, version);
        await Open(ProtocolSchemas.All).DisposeAsync();
        Assert.Equal(kinds, string.Join(' ', Texts("SELECT id || '=' || kind FROM jobs ORDER BY id")));
    }

    [SqliteFact]
    public async Task Protocol_data_survives_the_upgrade()
    {
        OlderDatabase.Make(_data, OlderDatabase.Newest);
        await Open(ProtocolSchemas.All).DisposeAsync();
        Assert.Equal(
            ["mind the gap", "3", "77", "77", "2", "1", "hello", "4"],
            Texts(
                """
                SELECT motd FROM projects UNION ALL SELECT max_retries FROM recipes UNION ALL SELECT seed_id FROM seeds UNION ALL SELECT last FROM minted_ids
                UNION ALL SELECT times FROM task_failures UNION ALL SELECT voters FROM stages UNION ALL SELECT name FROM workflows UNION ALL SELECT job_id FROM runs
                """));
    }

    [SqliteFact]
    public async Task A_protocol_migration_alone_makes_a_backup_first_too()
    {
        await Open(ProtocolSchemas.All).DisposeAsync();
        await Open([.. ProtocolSchemas.All, Toy]).DisposeAsync();
        var copy = Assert.Single(Directory.GetFiles(_data.Backups));
        Assert.StartsWith("before-toy-1-", Path.GetFileName(copy));
        Assert.Equal(["0"], Texts("SELECT count(*) FROM sqlite_schema WHERE name = 'toys'", copy));
        Assert.Equal(["1"], Texts("SELECT version FROM module_schemas WHERE module = 'toy'"));
    }

    [SqliteFact]
    public async Task A_failed_protocol_migration_changes_nothing_and_earlier_ones_are_kept()
    {
        await Open([Toy]).DisposeAsync();
        var broken = Toy with { Steps = [.. Toy.Steps, new Migration(2, "ALTER TABLE toys ADD COLUMN a TEXT"), new Migration(3, "CREATE TABLE b (c); DROP TABLE d")] };
        var refused = Assert.Throws<StoreException>(() => Open([broken]));
        Assert.Contains("no such table: d", refused.Message);
        Assert.Equal(["2"], Texts("SELECT version FROM module_schemas"));
        Assert.Equal(["0"], Texts("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"));
    }

    [SqliteFact]
    public async Task Newer_protocol_tables_are_rejected_and_left_unchanged()
    {
        await Open(ProtocolSchemas.All).DisposeAsync();
        Texts("UPDATE module_schemas SET version = 9 WHERE module = 'aspire' RETURNING version");
        var before = File.ReadAllBytes(_data.Database);
        var refused = Assert.Throws<StoreException>(() => Open(ProtocolSchemas.All));
        Assert.Equal($"{_data.Database} was written by a newer version (aspire schema 9; this version supports 1); upgrade the server.", refused.Message);
        Assert.Equal(before, File.ReadAllBytes(_data.Database));
    }

    [SqliteFact]
    public async Task Tables_of_a_removed_protocol_are_kept_and_logged()
    {
        await Open([.. ProtocolSchemas.All, Toy]).DisposeAsync();
        await Open(ProtocolSchemas.All).DisposeAsync();
        Assert.Contains(_log.Lines, line => line.Contains("tables of toy"));
        Assert.Equal(["1"], Texts("SELECT count(*) FROM sqlite_schema WHERE name = 'toys'"));
    }

    public void Dispose() => _temporary.Dispose();

    private FarmStore Open(IReadOnlyList<ModuleSchema> modules, DataDirectory? directory = null) =>
        FarmStore.Open(directory ?? _data, TimeProvider.System, new FarmEvents(), _log, modules);

    private List<string> Texts(string sql, string? file = null)
    {
        using var connection = new SqliteConnection($"Data Source={file ?? _data.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read()) texts.Add(reader.GetValue(0).ToString()!);
        return texts;
    }
}
