using System.CommandLine;
using System.Text;
using Farm.Server.CommandLine;
using Farm.Server.Operations.Backups;
using Farm.Server.Operations.Files;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Tests.Operations.Files;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

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
        var kept = Assert.Single(Directory.GetDirectories(_data.Backups));
        Assert.Contains(kept, output);

        await RunAsync(0, Path.GetFileName(kept));
        Assert.Equal(["before", "after"], await TagsAsync());
        Assert.False(File.Exists(_data.PendingRestore));
    }

    [Fact]
    public async Task Settings_are_restored_with_their_secrets_and_what_they_replace_is_kept()
    {
        await FarmWithBackupAsync();
        var templates = Path.Combine(_data.Root, "templates");
        Directory.CreateDirectory(Path.Combine(templates, "more"));
        await WriteAsync("farm.yaml", "manager_name: Before\n");
        await WriteAsync("administrator.token", "old\n");
        await WriteAsync("templates/more/a.yaml", "before");
        var backup = await BackUpAsync(BackupPart.Settings);
        await WriteAsync("farm.yaml", "manager_name: After\n");
        await WriteAsync("administrator.token", "new\n");
        await WriteAsync("templates/more/a.yaml", "after");
        await WriteAsync("templates/b.yaml", "later");
        var id = await ReadAsync("farm.id");

        await RunAsync(0, backup);
        Assert.Equal(("manager_name: Before\n", "old\n", "before", id), (await ReadAsync("farm.yaml"), await ReadAsync("administrator.token"), await ReadAsync("templates/more/a.yaml"), await ReadAsync("farm.id")));
        Assert.False(File.Exists(Path.Combine(templates, "b.yaml")));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_data.Backups, backup, "settings", "administrator.token")));

        await RunAsync(0, Path.GetFileName(Assert.Single(Directory.GetDirectories(_data.Backups, "replaced-*"))));
        Assert.Equal(("manager_name: After\n", "new\n", "after", "later"), (await ReadAsync("farm.yaml"), await ReadAsync("administrator.token"), await ReadAsync("templates/more/a.yaml"), await ReadAsync("templates/b.yaml")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_that_the_restored_database_does_not_know_are_kept_for_the_way_back(bool hasArtifacts)
    {
        string backup, shared, newer;
        await using (var farm = new ContentFixture(_data.Root))
        {
            shared = await StoreAsync(farm, "in both");
            backup = await BackUpAsync(farm.Farm, hasArtifacts ? [BackupPart.Artifacts] : []);
            newer = await StoreAsync(farm, "later");
        }

        await WriteAsync("artifacts/job-1234/a.jpg", "image");
        await RunAsync(0, backup);
        await using (var farm = new ContentFixture(_data.Root))
        {
            await farm.Garbage.RemoveForgottenAsync();
            Assert.Equal([shared], farm.Files());
            // As when its job is deleted in the restored farm.
            File.Delete(farm.PathOf(shared));
        }

        await RunAsync(0, Assert.Single(Directory.GetDirectories(_data.Backups, "replaced-*")));
        await using (var farm = new ContentFixture(_data.Root))
        {
            Assert.Equal(["in both", "later"], [Encoding.UTF8.GetString(await farm.ReadAsync(shared)), Encoding.UTF8.GetString(await farm.ReadAsync(newer))]);
            farm.CheckRows();
        }

        Assert.Equal("image", await ReadAsync("artifacts/job-1234/a.jpg"));
    }

    [Fact]
    public async Task A_copy_of_a_backup_on_another_disk_restores_a_new_machine()
    {
        string backup, stored;
        await using (var farm = new ContentFixture(_data.Root))
        {
            stored = await StoreAsync(farm, "frame");
            await WriteAsync("artifacts/job-1234/a.jpg", "image");
            await WriteAsync("farm.yaml", "manager_name: Nord\n");
            backup = await BackUpAsync(farm.Farm, BackupPart.Settings, BackupPart.Artifacts);
        }

        var copy = _temporary["elsewhere"];
        foreach (var file in Directory.GetFiles(Path.Combine(_data.Backups, backup), "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Path.Combine(_data.Backups, backup), file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        Directory.Delete(_data.Root, recursive: true);
        var (output, _) = await RunAsync(0, copy);
        Assert.DoesNotContain("replaced", output);
        Assert.Equal(("manager_name: Nord\n", "image"), (await ReadAsync("farm.yaml"), await ReadAsync("artifacts/job-1234/a.jpg")));
        await using var restored = new ContentFixture(_data.Root);
        Assert.Equal("frame", Encoding.UTF8.GetString(await restored.ReadAsync(stored)));
        restored.CheckRows();
    }

    [Theory]
    [InlineData("farm.db")]
    [InlineData("settings/farm.id")]
    public async Task A_folder_whose_file_changed_is_refused(string file)
    {
        await FarmWithBackupAsync();
        var backup = await BackUpAsync(BackupPart.Settings);
        var path = Path.Combine(_data.Backups, backup, file);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        await FailsAsync(backup, $"is damaged ({file} is damaged); choose another backup");
        Assert.Equal(["before", "after"], await TagsAsync());
        Assert.False(File.Exists(_data.PendingRestore));
    }

    [Fact]
    public async Task A_restore_that_cannot_write_the_settings_changes_nothing()
    {
        await FarmWithBackupAsync();
        await WriteAsync("farm.yaml", "manager_name: Before\n");
        await WriteAsync("administrator.token", "old\n");
        var backup = await BackUpAsync(BackupPart.Settings);
        File.Delete(Path.Combine(_data.Root, "farm.yaml"));
        Directory.CreateDirectory(Path.Combine(_data.Root, "farm.yaml"));
        await WriteAsync("administrator.token", "new\n");
        await FailsAsync(backup, "Cannot restore");
        Assert.Equal("new\n", await ReadAsync("administrator.token"));
        Assert.Equal(["before", "after"], await TagsAsync());
        Assert.False(File.Exists(_data.PendingRestore));
        Assert.Empty(Directory.GetDirectories(_data.Backups, "replaced-*"));
    }

    [Fact]
    public async Task A_restore_that_was_interrupted_is_finished_by_the_next_start()
    {
        var backup = await FarmWithBackupAsync();
        var restore = PendingRestore.Of(_data, backup, new ManualTime());
        restore.Save(_data);
        // As after a crash between the two moves.
        Directory.CreateDirectory(restore.Kept);
        File.Move(_data.Database, Path.Combine(restore.Kept, "farm.db"));

        await using (var server = await RunningServer.StartAsync(_data, null, "http://127.0.0.1:0", CancellationToken.None)) Assert.NotNull(server);
        Assert.False(File.Exists(_data.PendingRestore));
        Assert.Equal(["before"], await TagsAsync());
        await RunAsync(0, restore.Kept);
        Assert.Equal(["before", "after"], await TagsAsync());
    }

    [Fact]
    public async Task A_pending_restore_of_a_bad_backup_does_not_keep_the_farm_from_starting()
    {
        await FarmWithBackupAsync();
        PendingRestore.Of(_data, _temporary["none.db"], new ManualTime()).Save(_data);
        await using (var server = await RunningServer.StartAsync(_data, null, "http://127.0.0.1:0", CancellationToken.None)) Assert.NotNull(server);
        Assert.False(File.Exists(_data.PendingRestore));
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

    private async Task<string> BackUpAsync(params BackupPart[] parts)
    {
        await using var farm = new StoreFarm(_data.Root, engine: "sqlite");
        return await BackUpAsync(farm, parts);
    }

    private Task<string> BackUpAsync(StoreFarm farm, params BackupPart[] parts) => Writer(farm).WriteAsync("farm-2", parts);

    private BackupWriter Writer(StoreFarm farm)
    {
        var contents = new ContentStore(farm.Store, farm.Time, NullLogger<ContentStore>.Instance);
        var garbage = new ContentGarbage(contents, farm.Store, farm.Time, NullLogger<ContentGarbage>.Instance);
        return new BackupWriter(farm.Store, new SettingsFiles(_data, Path.Combine(_data.Root, "farm.yaml")), garbage, NullLogger<BackupWriter>.Instance);
    }

    private static async Task<string> StoreAsync(ContentFixture farm, string content)
    {
        var stored = await farm.PutAsync(Encoding.UTF8.GetBytes(content));
        await farm.ReferenceAsync(stored);
        return stored.Sha256;
    }

    private async Task WriteAsync(string name, string text)
    {
        var path = Path.Combine(_data.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(_data.Root, name));

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
