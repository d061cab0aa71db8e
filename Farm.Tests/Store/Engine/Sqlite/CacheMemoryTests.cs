using Farm.Server.Store.Engine.Sqlite;
using Farm.Tests.Support;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Farm.Tests.Store.Engine.Sqlite;

/// <summary>A quiet server once kept the pages of the last large job in memory.</summary>
public sealed class CacheMemoryTests : IDisposable
{
    // Of sqlite3_db_status (https://sqlite.org/c3ref/c_dbstatus_options.html): the memory of the page cache.
    private const int CacheUsed = 1;

    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteSession _session;

    public CacheMemoryTests()
    {
        _connection = new SqliteConnection(Connections.Writer(_directory["cache.db"]));
        _connection.Open();
        _session = new SqliteSession(_connection);
    }

    [Fact]
    public void A_session_gives_back_the_memory_of_its_cache()
    {
        _session.Execute("PRAGMA cache_size = -65536");
        _session.Execute("CREATE TABLE blobs (content BLOB NOT NULL)");
        for (var i = 0; i < 100; i++) _session.Execute("INSERT INTO blobs (content) VALUES (randomblob(100000))");
        Assert.InRange(Used(), 5_000_000, 65_536_000);
        _session.ReleaseMemory();
        Assert.InRange(Used(), 0, 100_000);
        Assert.Equal(100, _session.First("SELECT count(*) FROM blobs", static row => row.GetInt64(0)));
    }

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    private int Used()
    {
        raw.sqlite3_db_status(_connection.Handle, CacheUsed, out var used, out _, 0);
        return used;
    }
}
