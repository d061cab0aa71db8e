using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>The connection strings that the store uses. No pooling: each connection has one owner, who closes it.</summary>
internal static class Connections
{
    static Connections() => SqliteLibrary.SetUp();

    /// <summary>For the one writer of a file, which may be new.</summary>
    public static string Writer(string file) => Text(file, SqliteOpenMode.ReadWriteCreate);

    /// <summary>For readers.</summary>
    public static string ReadOnly(string file) => Text(file, SqliteOpenMode.ReadOnly);

    private static string Text(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false }.ToString();
}
