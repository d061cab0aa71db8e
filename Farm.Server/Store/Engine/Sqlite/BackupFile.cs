using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>The database of a backup.</summary>
internal static class BackupFile
{
    /// <summary>Reads from it. It must have been checked (<see cref="DatabaseOpener.CheckBackup"/>).</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static T Read<T>(string file, Func<StoreSession, T> query)
    {
        try
        {
            var connection = new SqliteConnection(Connections.ReadOnly(file));
            connection.Open();
            using var session = new SqliteSession(connection);
            return query(session);
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"{file} cannot be read: {failure.Message}", failure);
        }
    }
}
