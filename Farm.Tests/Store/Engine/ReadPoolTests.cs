using Farm.Server.Store.Engine;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Farm.Tests.Store.Engine;

/// <summary>Readers see a snapshot, never wait for the writer, and never write (Docs/design.md section 3, "Reads").</summary>
public sealed class ReadPoolTests : IAsyncDisposableTest
{
    private readonly TemporaryDirectory _directory = new();
    private readonly StoreFarm _farm;

    public ReadPoolTests() => _farm = new StoreFarm(_directory["farm"]);

    [SqliteFact]
    public async Task A_read_sees_a_snapshot_for_its_whole_duration()
    {
        await AddAsync();
        _farm.Store.Read(db =>
        {
            Assert.Equal(1, Count(db));
            AddAsync().GetAwaiter().GetResult();
            Assert.Equal(1, Count(db));
            return true;
        });
        Assert.Equal(2, _farm.Store.Read(Count));
    }

    [SqliteFact]
    public async Task A_read_does_not_wait_for_the_writer()
    {
        using var hold = new ManualResetEventSlim();
        var busy = _farm.Store.WriteAsync(tx =>
        {
            tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, 'a')", Guid.NewGuid());
            hold.Wait();
        });
        Assert.Equal(0, _farm.Store.Read(Count));
        hold.Set();
        await busy;
        Assert.Equal(1, _farm.Store.Read(Count));
    }

    [SqliteTheory]
    [InlineData("INSERT INTO tags (uuid, name) VALUES (x'00', 'a')")]
    [InlineData("DELETE FROM jobs")]
    public void A_read_cannot_write(string sql)
    {
        Assert.Throws<SqliteException>(() => _farm.Store.Read(db => db.Execute(sql)));
        Assert.Equal(0, _farm.Store.Read(Count));
    }

    [SqliteFact]
    public async Task A_read_cannot_checkpoint_the_log()
    {
        await AddAsync();
        var before = new FileInfo(_farm.Directory.Database).Length;
        var log = new FileInfo(_farm.Directory.Database + "-wal").Length;
        Assert.True(log > 0);
        Record.Exception(() => _farm.Store.Read(db => db.Execute("PRAGMA wal_checkpoint(TRUNCATE)")));
        Assert.Equal(before, new FileInfo(_farm.Directory.Database).Length);
        Assert.Equal(log, new FileInfo(_farm.Directory.Database + "-wal").Length);
    }

    [SqliteFact]
    public void A_failed_read_does_not_affect_later_ones()
    {
        Assert.Throws<SqliteException>(() => _farm.Store.Read(db => db.Number("SELECT nothing FROM nowhere")));
        Assert.Equal(0, _farm.Store.Read(Count));
    }

    public async ValueTask DisposeAsync()
    {
        await _farm.DisposeAsync();
        _directory.Dispose();
    }

    private Task AddAsync() => _farm.Store.WriteAsync(tx => tx.Db.Execute("INSERT INTO tags (uuid, name) VALUES ($1, $2)", Guid.NewGuid(), $"{Guid.NewGuid()}"));

    private static long Count(StoreSession db) => db.Number("SELECT count(*) FROM tags");
}
