using System.Runtime.InteropServices;
using Farm.Server.Domain.Events;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Store.Engine;

/// <summary>The checks when opening a database (Docs/design.md section 3, "Files").</summary>
public sealed class DatabaseOpenerTests : IDisposable
{
    private const uint Nobody = 65534;

    private static readonly int Newest = Schema.Core[^1].Number;

    private readonly TemporaryDirectory _temporary = new();
    private readonly DataDirectory _data;

    public DatabaseOpenerTests() => _data = new DataDirectory(_temporary["farm"]);

    [SqliteFact]
    public async Task A_new_farm_is_created_and_reopened()
    {
        await Open().DisposeAsync();
        Assert.True(File.Exists(_data.Marker));
        await Open().DisposeAsync();
    }

    /// <summary>Versions before 3.51.3 have a bug that can corrupt the write-ahead log.</summary>
    [SqliteFact]
    public async Task The_logged_SQLite_version_is_a_safe_one()
    {
        var log = new ListLogger<FarmStore>();
        await FarmStore.Open(_data, TimeProvider.System, new FarmEvents(), log, ProtocolSchemas.All).DisposeAsync();
        var line = Assert.Single(log.Lines, line => line.Contains("SQLite"));
        Assert.StartsWith($"Information: Using database {_data.Database}, SQLite ", line);
        Assert.InRange(Version.Parse(line.Split("SQLite ")[1]), new Version(3, 51, 3), new Version(4, 0));
    }

    [SqliteFact]
    public async Task A_stopped_farm_leaves_a_single_database_file()
    {
        await using (var store = Open())
        {
            store.Read(db => db.Number("SELECT 1"));
            await store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'a')", Guid.Empty));
        }

        Assert.Equal(["farm.db"], Directory.GetFiles(_data.Root, "farm.db*").Select(Path.GetFileName));
    }

    [LinuxFact]
    public async Task A_database_that_belongs_to_another_account_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        await Open().DisposeAsync();
        File.SetUnixFileMode(_temporary.Path, (UnixFileMode)0x1FF);
        File.SetUnixFileMode(_data.Root, (UnixFileMode)0x1FF);
        File.SetUnixFileMode(_data.Database, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var refused = "";
        var other = new Thread(() =>
        {
            // Root may write everything, so this thread gives that up.
            SetFileUser(Nobody);
            refused = Record.Exception(() => DatabaseOpener.Open(_data, TimeProvider.System, NullLogger.Instance, new Schema(Schema.Core, ProtocolSchemas.All)))?.Message;
        });
        other.Start();
        other.Join();
        Assert.Equal($"{_data.Database} can be read, but not written: it belongs to another account, or its disk is read-only. Start the server with the account that owns it.", refused);
    }

    [SqliteFact]
    public async Task A_trailing_slash_in_the_directory_makes_no_difference()
    {
        var data = new DataDirectory(_data.Root + Path.DirectorySeparatorChar);
        await FarmStore.Open(data, TimeProvider.System, new FarmEvents(), NullLogger.Instance, ProtocolSchemas.All).DisposeAsync();
        Assert.True(File.Exists(_data.Database));
    }

    [SqliteFact]
    public async Task A_newer_schema_is_rejected_and_left_unchanged()
    {
        await Open().DisposeAsync();
        Sql("PRAGMA user_version = 999");
        var before = File.ReadAllBytes(_data.Database);
        Assert.Contains("written by a newer version (schema 999", Refused());
        Assert.Equal(before, File.ReadAllBytes(_data.Database));
    }

    [SqliteFact]
    public void Another_programs_database_is_rejected()
    {
        Directory.CreateDirectory(_data.Root);
        Sql("CREATE TABLE recipes (id INTEGER)");
        Assert.Contains("is not a farm's database", Refused());
    }

    [SqliteFact]
    public void A_file_that_is_not_a_database_is_rejected()
    {
        Directory.CreateDirectory(_data.Root);
        File.WriteAllText(_data.Database, new string('x', 10_000));
        Assert.Contains("Cannot use", Refused());
    }

    [SqliteFact]
    public async Task A_truncated_database_is_rejected()
    {
        await Open().DisposeAsync();
        using (var file = File.OpenWrite(_data.Database)) file.SetLength(file.Length - 4096);
        Assert.Contains(_data.Backups, Refused());
    }

    [SqliteFact]
    public async Task A_corrupt_database_is_rejected()
    {
        await Open().DisposeAsync();
        using (var file = File.OpenWrite(_data.Database))
        {
            file.Position = 4096 * 3;
            file.Write(Enumerable.Repeat((byte)0xA5, 4096).ToArray());
        }

        Assert.Contains("damaged", Refused());
    }

    [SqliteFact]
    public async Task A_missing_database_is_not_replaced_by_an_empty_one()
    {
        await Open().DisposeAsync();
        File.Delete(_data.Database);
        Assert.Contains("The database farm.db is missing", Refused());
        Assert.False(File.Exists(_data.Database));
        File.Delete(_data.Marker);
        await Open().DisposeAsync();
    }

    [SqliteFact]
    public void A_directory_without_its_parent_is_rejected()
    {
        var data = new DataDirectory(_temporary["unmounted/farm"]);
        var refused = Assert.Throws<StoreException>(() => FarmStore.Open(data, TimeProvider.System, new FarmEvents(), NullLogger.Instance, ProtocolSchemas.All));
        Assert.Contains("Is the disk mounted?", refused.Message);
        Assert.False(Directory.Exists(_temporary["unmounted"]));
    }

    [SqliteFact]
    public void A_file_in_place_of_the_directory_is_rejected()
    {
        File.WriteAllText(_data.Root, "");
        Assert.Contains("Cannot use", Refused());
    }

    [SqliteFact]
    public async Task A_second_server_on_the_same_directory_is_rejected_and_the_first_continues()
    {
        await using var first = Open();
        Assert.Contains("Another server is using", Refused());
        await first.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'a')", Guid.Empty));
    }

    [SqliteFact]
    public async Task An_interrupted_first_start_is_repeated()
    {
        Directory.CreateDirectory(_data.Root);
        Sql($"PRAGMA journal_mode = WAL; PRAGMA application_id = {0x4641524D}");
        await using var store = Open();
        Assert.Equal(0, store.Read(db => db.Number("SELECT count(*) FROM jobs")));
    }

    [SqliteFact]
    public async Task A_migration_makes_a_backup_first()
    {
        await using (var store = Open())
            await store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'kept')", Guid.Empty));
        Migrate("ALTER TABLE tags ADD COLUMN colour TEXT");

        Assert.Equal(Newest + 1L, Sql("PRAGMA user_version"));
        var copy = Assert.Single(Directory.GetFiles(_data.Backups));
        Assert.Equal("kept", Sql("SELECT name FROM tags", copy));
        Assert.Equal((long)Newest, Sql("PRAGMA user_version", copy));
    }

    [SqliteFact]
    public async Task A_failed_migration_changes_nothing()
    {
        await Open().DisposeAsync();
        var refused = Assert.Throws<StoreException>(() => Migrate("ALTER TABLE tags ADD COLUMN colour TEXT; ALTER TABLE nothing ADD COLUMN x TEXT"));
        Assert.Contains("nothing", refused.InnerException!.Message);
        Assert.Equal((long)Newest, Sql("PRAGMA user_version"));
        Assert.Equal(0L, Sql("SELECT count(*) FROM pragma_table_info('tags') WHERE name = 'colour'"));
        await Open().DisposeAsync();
    }

    public void Dispose() => _temporary.Dispose();

    private FarmStore Open() => FarmStore.Open(_data, TimeProvider.System, new FarmEvents(), NullLogger.Instance, ProtocolSchemas.All);

    /// <summary>Opens the database with an additional migration.</summary>
    private void Migrate(string sql) => DatabaseOpener.Open(
        _data, TimeProvider.System, NullLogger.Instance,
        new Schema([.. Schema.Core, new Migration(Newest + 1, sql)], ProtocolSchemas.All)).Dispose();

    private string Refused() => Assert.Throws<StoreException>(Open).Message;

    private object? Sql(string sql, string? file = null)
    {
        using var connection = new SqliteConnection($"Data Source={file ?? _data.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    [DllImport("libc", EntryPoint = "setfsuid")]
    private static extern int SetFileUser(uint user);
}
