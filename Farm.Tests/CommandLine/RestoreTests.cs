using System.CommandLine;
using Farm.Server.CommandLine;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.CommandLine;

/// <summary><c>farm restore</c>.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TemporaryDirectory _temporary = new();
    private readonly DataDirectory _data;

    public RestoreTests() => _data = new DataDirectory(_temporary["data"]);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task A_backup_replaces_the_database_and_what_it_replaced_can_be_restored()
    {
        var backup = await FarmWithBackupAsync();
        var (output, errors) = await RunAsync(0, Path.GetFileName(backup));
        Assert.Equal("", errors);
        Assert.Equal(["before"], await TagsAsync());
        var kept = Assert.Single(Directory.GetFiles(_data.Backups, "farm.db", SearchOption.AllDirectories));
        Assert.Contains(kept, output);

        await RunAsync(0, kept);
        Assert.Equal(["before", "after"], await TagsAsync());
    }

    [Fact]
    public async Task Changes_that_are_only_in_the_log_are_kept_with_the_replaced_database()
    {
        var backup = await FarmWithBackupAsync();
        // As after a kill: the log was not written back.
        using (var other = new SqliteConnection(Connections.Writer(_data.Database)))
        {
            other.Open();
            Run(other, "PRAGMA wal_autocheckpoint = 0");
            Run(other, "INSERT INTO tags (uuid, name) VALUES (randomblob(16), 'only in the log')");
            foreach (var file in Directory.GetFiles(_data.Root, "farm.db*")) File.Copy(file, _temporary[$"killed-{Path.GetFileName(file)}"]);
        }

        foreach (var file in Directory.GetFiles(_data.Root, "farm.db*")) File.Delete(file);
        foreach (var file in Directory.GetFiles(_temporary.Path, "killed-*")) File.Move(file, Path.Combine(_data.Root, Path.GetFileName(file)["killed-".Length..]));
        Assert.True(new FileInfo(_data.Database + "-wal").Length > 0);

        await RunAsync(0, backup);
        Assert.Equal(["before"], await TagsAsync());
        await RunAsync(0, Assert.Single(Directory.GetFiles(_data.Backups, "farm.db", SearchOption.AllDirectories)));
        Assert.Equal(["before", "after", "only in the log"], await TagsAsync());
    }

    [Fact]
    public async Task A_lost_database_is_restored()
    {
        var backup = await FarmWithBackupAsync();
        File.Delete(_data.Database);
        Assert.Contains("farm restore", Assert.Throws<StoreException>(() => new StoreFarm(_data.Root, engine: "sqlite")).Message);
        var (output, _) = await RunAsync(0, backup);
        Assert.DoesNotContain("replaced", output);
        Assert.Equal(["before"], await TagsAsync());
    }

    [Fact]
    public async Task A_damaged_database_is_replaced_and_kept_as_it_is()
    {
        var backup = await FarmWithBackupAsync();
        await File.WriteAllTextAsync(_data.Database, "no database");
        await RunAsync(0, backup);
        Assert.Equal(["before"], await TagsAsync());
        Assert.Equal("no database", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_data.Backups, "farm.db", SearchOption.AllDirectories))));
    }

    [Fact]
    public async Task A_bad_backup_changes_nothing()
    {
        var backup = await FarmWithBackupAsync();
        var damaged = _temporary["damaged.db"];
        var bytes = await File.ReadAllBytesAsync(backup);
        bytes.AsSpan(bytes.Length / 2, 20_000).Fill(0xAB);
        await File.WriteAllBytesAsync(damaged, bytes);
        var text = _temporary["text.db"];
        await File.WriteAllTextAsync(text, "no database");
        var other = _temporary["other.db"];
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=False"))
        {
            connection.Open();
            Run(connection, "CREATE TABLE notes (text TEXT)");
        }

        var newer = _temporary["newer.db"];
        File.Copy(backup, newer);
        using (var connection = new SqliteConnection($"Data Source={newer};Pooling=False"))
        {
            connection.Open();
            Run(connection, "PRAGMA user_version = 999");
        }

        await FailsAsync(damaged, "damaged");
        await FailsAsync(text, "is not a good backup");
        await FailsAsync(other, "is not a backup of a farm");
        await FailsAsync(newer, "was written by a newer version (schema 999");
        await FailsAsync(_data.Database, "is the farm's own database");
        await FailsAsync("none.db", $"no such file: none.db; the newest in {_data.Backups}: {Path.GetFileName(backup)}");
        Assert.Equal(["before", "after"], await TagsAsync());
        Assert.Equal([backup], Directory.GetFileSystemEntries(_data.Backups));
    }

    [Fact]
    public async Task A_running_farm_is_not_restored()
    {
        var backup = await FarmWithBackupAsync();
        await using var running = new StoreFarm(_data.Root, engine: "sqlite");
        await FailsAsync(backup, "Another server is using");
    }

    [Fact]
    public async Task A_farm_in_PostgreSQL_is_not_restored_from_a_file()
    {
        var backup = await FarmWithBackupAsync();
        await File.WriteAllTextAsync(Path.Combine(_data.Root, "farm.yaml"), "database: postgres://farm@db/farm\n");
        await FailsAsync(backup, "restore it with pg_restore");
    }

    /// <summary>A stopped farm with a backup that lacks the last change.</summary>
    private async Task<string> FarmWithBackupAsync()
    {
        await using var farm = new StoreFarm(_data.Root, engine: "sqlite");
        await AddTagAsync(farm, "before");
        var backup = Path.Combine(_data.Backups, "farm-1.db");
        farm.Store.WriteBackup(backup);
        await AddTagAsync(farm, "after");
        return backup;
    }

    private static Task AddTagAsync(StoreFarm farm, string name) =>
        farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, $2)", Guid.CreateVersion7(), name));

    private async Task<List<string>> TagsAsync()
    {
        await using var farm = new StoreFarm(_data.Root, engine: "sqlite");
        return farm.Store.Read(db => db.All("SELECT name FROM tags ORDER BY id", row => row.GetString(0)));
    }

    private async Task FailsAsync(string file, string reason)
    {
        var (_, errors) = await RunAsync(1, file);
        Assert.Contains(reason, errors);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    private async Task<(string Output, string Errors)> RunAsync(int exitCode, string file)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var result = await FarmCommandLine.Create().Parse(["restore", file, "--data", _data.Root])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
        Assert.True(exitCode == result, $"exit code {result}: {errors}{output}");
        return (output.ToString(), errors.ToString());
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
