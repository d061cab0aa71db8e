using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>How this process uses SQLite. Each connection has one user at a time, so SQLite need not lock on every call.</summary>
internal static class SqliteLibrary
{
    private const int MultiThread = 2;
    private const int MemoryStatistics = 9;

    /// <summary>
    /// Sets SQLite up. It listens before its first connection only: later it says so and goes on with its usual locks, which costs time
    /// and nothing else.
    /// </summary>
    public static void SetUp()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(MultiThread);
        _ = raw.sqlite3_config(MemoryStatistics, 0);
    }
}
