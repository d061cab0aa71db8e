using Farm.Server.Store.Engine.Sqlite;
using Microsoft.Data.Sqlite;

namespace Farm.Server.Store.Engine.Move;

/// <summary>A database file.</summary>
internal class SqliteSide : IMoveSide
{
    private const string KeyOrder = "postgres_order";

    /// <summary>Takes ownership of a connection.</summary>
    protected SqliteSide(string name, SqliteConnection connection)
    {
        Name = name;
        // PostgreSQL sorts texts as it stores them.
        connection.CreateFunction(KeyOrder, static (byte[] text) => SqliteTextOrder.Of(text), isDeterministic: true);
        Session = new SqliteSession(connection);
        Tables = SqliteCatalog.Tables(Session);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<MoveTable> Tables { get; }

    /// <summary>The connection.</summary>
    protected SqliteSession Session { get; }

    /// <summary>Opens the database of a data directory, which this process has locked. It is only read.</summary>
    /// <exception cref="StoreException">The database is missing, damaged, or not of this version.</exception>
    public static SqliteSide Open(DataDirectory directory, Schema schema)
    {
        var connection = DatabaseOpener.OpenUpToDate(directory, schema);
        try
        {
            var side = new SqliteSide(directory.Database, connection);
            // Not a read-only connection: closing this one also empties the write-ahead log, so that the file can be renamed alone.
            side.Session.Execute("PRAGMA query_only = 1");
            side.Session.BeginRead();
            return side;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long Count(MoveTable table) => Session.Number($"SELECT count(*) FROM {table.QuotedName}");

    /// <inheritdoc/>
    public MoveRows Read(MoveTable table)
    {
        var order = string.Join(", ", table.Key.Select(column => Order(table.Columns[column])));
        return new SqliteRows(table, Session.Open($"SELECT {table.ColumnList} FROM {table.QuotedName} ORDER BY {order}", []));
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Session.Rollback();
        Session.Dispose();
    }

    private static string Order(MoveColumn column)
    {
        var name = MoveTable.Quote(column.Name);
        return column.Kind == ColumnKind.Text ? $"{KeyOrder}(CAST({name} AS BLOB))" : name;
    }
}
