using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Backups;
using Farm.Server.Store.Tables.Jobs;
using Farm.Tests.Support;

namespace Farm.Tests.Operations.Backups;

/// <summary>Making, checking, removing and restoring backups of a running farm.</summary>
public sealed class FarmBackupsTests : IAsyncDisposableTest
{
    private readonly BackupFixture _farm = new();

    public ValueTask DisposeAsync() => _farm.DisposeAsync();

    [SqliteFact]
    public async Task A_backup_of_the_database_is_one_file_and_of_more_a_folder()
    {
        var file = await MakeAsync();
        Assert.Equal(("farm-20260105-100000-000.db", 0), (file.Name, file.Parts.Count));
        Assert.Equal(new FileInfo(file.Path).Length, file.Bytes);
        var folder = await MakeAsync(BackupPart.Settings, BackupPart.Artifacts);
        Assert.Equal("farm-20260105-100001-000", folder.Name);
        Assert.Equal([BackupPart.Settings, BackupPart.Artifacts], folder.Parts);
        Assert.Equal([folder.Name, file.Name], _farm.Names);
        Assert.All(_farm.Backups.Read(Caller.Farm).Backups, backup => Assert.Null(Assert.IsType<BackupResult>(backup.Check).Problem));
    }

    [LinuxFact]
    public async Task Artifacts_take_no_space_in_a_backup()
    {
        var stored = await StoreAsync([1, 2, 3]);
        var backup = await MakeAsync(BackupPart.Artifacts);
        var copy = Path.Combine(backup.Path, "artifacts", "content", stored[..2], stored);
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(copy));
        await File.WriteAllBytesAsync(_farm.Contents.Root + $"/{stored[..2]}/{stored}", [9]);
        Assert.Equal([9], await File.ReadAllBytesAsync(copy));
    }

    [SqliteFact]
    public async Task Nothing_that_a_backup_needs_is_removed_meanwhile()
    {
        var unused = (await _farm.Contents.PutAsync(new MemoryStream([1]), 1, CancellationToken.None)).Sha256;
        _farm.Time.Advance(TimeSpan.FromHours(2));
        using (await _farm.Garbage.PauseAsync())
        {
            await _farm.Garbage.CollectAsync();
            Assert.Equal(1, _farm.Farm.Number("SELECT count(*) FROM stored_files"));
        }

        await _farm.Garbage.CollectAsync();
        Assert.Equal(0, _farm.Farm.Number("SELECT count(*) FROM stored_files WHERE sha256 = $1", unused));
    }

    [SqliteFact]
    public async Task A_check_finds_what_changed_and_its_result_is_kept()
    {
        var stored = await StoreAsync([1, 2, 3]);
        var backup = await MakeAsync(BackupPart.Artifacts);
        _farm.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null((await _farm.Backups.VerifyAsync(Caller.Farm, backup.Name)).Problem);
        var copy = Path.Combine(backup.Path, "artifacts", "content", stored[..2], stored);
        File.Delete(copy);
        await File.WriteAllBytesAsync(copy, [1, 2, 4]);
        Assert.Equal($"artifacts/content/{stored[..2]}/{stored} is damaged", (await _farm.Backups.VerifyAsync(Caller.Farm, backup.Name)).Problem);
        File.Delete(copy);
        Assert.Equal($"artifacts/content/{stored[..2]}/{stored} is missing", (await _farm.Backups.VerifyAsync(Caller.Farm, backup.Name)).Problem);

        var kept = new BackupFolder(_farm.Farm.Directory).Find(backup.Name)!.Check!;
        Assert.Equal((_farm.Time.GetUtcNow(), $"artifacts/content/{stored[..2]}/{stored} is missing"), (kept.At, kept.Problem));
    }

    [SqliteFact]
    public async Task A_backup_is_removed_and_what_an_interruption_left_too()
    {
        var (file, folder) = (await MakeAsync(), await MakeAsync(BackupPart.Settings));
        await _farm.Backups.RemoveAsync(Caller.Farm, folder.Name);
        await _farm.Backups.RemoveAsync(Caller.Farm, file.Name);
        Assert.Empty(_farm.Names);
        Directory.CreateDirectory(Path.Combine(_farm.Folder, "farm-1.part", "settings"));
        await File.WriteAllTextAsync(Path.Combine(_farm.Folder, "farm-2.db.part"), "");
        var last = await MakeAsync();
        Assert.Equal(["checks.txt", last.Name], Directory.GetFileSystemEntries(_farm.Folder).Select(path => Path.GetFileName(path)).Order());
    }

    [SqliteTheory]
    [InlineData("../farm.db")]
    [InlineData("farm.db")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("checks.txt")]
    public async Task A_name_is_never_a_path(string name)
    {
        await MakeAsync();
        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<FarmException>(() => _farm.Backups.RemoveAsync(Caller.Farm, name))).Kind);
        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<FarmException>(() => _farm.Backups.RestoreAsync(Caller.Farm, name))).Kind);
        Assert.Equal(ErrorKind.NotFound, (await Assert.ThrowsAsync<FarmException>(async () => await _farm.Backups.VerifyAsync(Caller.Farm, name))).Kind);
    }

    [SqliteFact]
    public async Task Only_administrators_do_anything_with_backups()
    {
        var backup = await MakeAsync();
        var operators = new Caller(Role.Operator, "192.168.1.7");
        Func<Task>[] all =
        [
            () => Task.FromResult(_farm.Backups.Read(operators)),
            () => _farm.Backups.MakeAsync(operators, null),
            () => _farm.Backups.VerifyAsync(operators, backup.Name),
            () => _farm.Backups.RemoveAsync(operators, backup.Name),
            () => _farm.Backups.RestoreAsync(operators, backup.Name),
            () => _farm.Backups.CancelRestoreAsync(operators),
        ];
        foreach (var action in all) Assert.Equal(ErrorKind.Forbidden, (await Assert.ThrowsAsync<FarmException>(async () => await action())).Kind);
        Assert.Equal([backup.Name], _farm.Names);
    }

    [SqliteFact]
    public async Task A_restore_waits_for_the_next_start_and_can_be_canceled()
    {
        var (first, second) = (await MakeAsync(), await MakeAsync(BackupPart.Settings));
        Assert.False(await _farm.Backups.RestoreAsync(Caller.Farm, first.Name));
        Assert.Equal(first.Name, _farm.Backups.Read(Caller.Farm).Pending?.Name);
        Assert.Equal(ErrorKind.Conflict, (await Assert.ThrowsAsync<FarmException>(() => _farm.Backups.RestoreAsync(Caller.Farm, second.Name))).Kind);
        Assert.Equal(ErrorKind.Conflict, (await Assert.ThrowsAsync<FarmException>(() => _farm.Backups.RemoveAsync(Caller.Farm, first.Name))).Kind);
        await _farm.Backups.CancelRestoreAsync(Caller.Farm);
        Assert.Null(_farm.Backups.Read(Caller.Farm).Pending);
        await Assert.ThrowsAsync<FarmException>(() => _farm.Backups.CancelRestoreAsync(Caller.Farm));
    }

    [SqliteFact]
    public async Task A_damaged_backup_is_not_put_down_for_a_restore()
    {
        var backup = await MakeAsync();
        await File.WriteAllTextAsync(backup.Path, "damaged");
        var refused = await Assert.ThrowsAsync<FarmException>(() => _farm.Backups.RestoreAsync(Caller.Farm, backup.Name));
        Assert.Equal(ErrorKind.Conflict, refused.Kind);
        Assert.Null(_farm.Backups.Read(Caller.Farm).Pending);
    }

    [SqliteFact]
    public async Task A_server_that_can_restart_does_so_for_a_restore()
    {
        var restart = new RecordedRestart();
        await using var farm = new BackupFixture(restart: restart);
        var backup = await farm.Backups.MakeAsync(Caller.Farm, []);
        Assert.True(await farm.Backups.RestoreAsync(Caller.Farm, backup.Name));
        Assert.Equal(1, restart.Requests);
    }

    [PostgresFact]
    public async Task A_farm_in_PostgreSQL_says_how_it_is_backed_up()
    {
        await using var farm = new BackupFixture(engine: "postgres");
        Assert.Contains("pg_dump", Assert.Throws<FarmException>(() => farm.Backups.Read(Caller.Farm)).Message);
        Assert.Contains("pg_dump", (await Assert.ThrowsAsync<FarmException>(() => farm.Backups.MakeAsync(Caller.Farm, null))).Message);
    }

    private async Task<Backup> MakeAsync(params BackupPart[] parts)
    {
        var backup = await _farm.Backups.MakeAsync(Caller.Farm, parts);
        _farm.Time.Advance(TimeSpan.FromSeconds(1));
        return backup;
    }

    private async Task<string> StoreAsync(byte[] content)
    {
        var stored = await _farm.Contents.PutAsync(new MemoryStream(content), long.MaxValue, CancellationToken.None);
        await _farm.Farm.Store.WriteAsync(tx => JobInputTable.Add(tx.Db, 1, stored.Sha256));
        return stored.Sha256;
    }

    private sealed class RecordedRestart : IServerRestart
    {
        public int Requests { get; private set; }

        public bool IsAvailable => true;

        public void Request() => Requests++;
    }
}
