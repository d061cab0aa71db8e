using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>Connection strings for the store, without pooling: each connection has one owner that closes it.</summary>
internal static class Connections
{
    static Connections() => SqliteLibrary.SetUp();

    /// <summary>For the single writer; creates the file if needed.</summary>
    public static string Writer(string file) => Text(file, SqliteOpenMode.ReadWriteCreate);

    /// <summary>For readers.</summary>
    public static string ReadOnly(string file) => Text(file, SqliteOpenMode.ReadOnly);

    private static string Text(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString();
}
