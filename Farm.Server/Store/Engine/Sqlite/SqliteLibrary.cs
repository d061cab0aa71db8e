using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>Process-wide SQLite settings. Each connection is used by one thread at a time, so SQLite need not lock on every call.</summary>
internal static class SqliteLibrary
{
    private const int MultiThread = 2;
    private const int MemoryStatistics = 9;

    /// <summary>
    /// Configures SQLite before its first connection. Later, SQLite rejects the settings and keeps its default locking, which is only
    /// slower.
    /// </summary>
    public static void SetUp()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(MultiThread);
        _ = raw.sqlite3_config(MemoryStatistics, 0);
    }
}
