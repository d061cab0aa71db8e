using Farm.Server.Store.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Move;

/// <summary>The number of rows that migrations put into each table of a new farm.</summary>
internal static class FreshRows
{
    /// <summary>The rows by table; found by running the migrations in memory.</summary>
    public static IReadOnlyDictionary<string, long> Of(Schema schema)
    {
        // Connections sets up the library.
        using var connection = new SqliteConnection(Connections.Writer(":memory:"));
        connection.Open();
        new SchemaUpgrade(connection, schema).Run();
        using var session = new SqliteSession(connection);
        return SqliteCatalog.Tables(session).ToDictionary(
            table => table.Name, table => session.Number($"SELECT count(*) FROM {table.QuotedName}"), StringComparer.Ordinal);
    }
}
