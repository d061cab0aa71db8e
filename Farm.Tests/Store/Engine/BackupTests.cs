using Farm.Server.Store.Engine.Sqlite;
using Farm.Tests.Operations.Model;
using Farm.Tests.Support;

namespace Farm.Tests.Store.Engine;

/// <summary>Backups of a database in use.</summary>
public sealed class BackupTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public BackupTests() => _farm = new StoreFarm(_directory["farm"]);

    [SqliteFact]
    public async Task A_backup_made_during_writes_is_consistent_and_opens_as_a_farm()
    {
        await _farm.SubmitAsync("misc:50");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await _farm.SubmitAsync("misc:20");
        });
        var copy = _directory["copy/farm.db"];
        var size = DatabaseBackup.Write(_farm.Directory.Database, copy);
        await stop.CancelAsync();
        await writing;

        Assert.Equal(new FileInfo(copy).Length, size);
        Assert.Equal([copy], Directory.GetFiles(_directory["copy"]));
        await using var restored = new StoreFarm(_directory["copy"]);
        Invariants.Check(restored.Store);
        Assert.True(restored.Number("SELECT count(*) FROM tasks") >= 50);
    }

    [SqliteFact]
    public void A_backup_does_not_overwrite_a_file()
    {
        var copy = _directory["copy.db"];
        File.WriteAllText(copy, "precious");
        Assert.Throws<IOException>(() => DatabaseBackup.Write(_farm.Directory.Database, copy));
        Assert.Equal("precious", File.ReadAllText(copy));
        Assert.Empty(Directory.GetFiles(_directory.Path, "*.part"));
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }
}
