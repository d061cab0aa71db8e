using System.Data;
using Farm.Server.Store.Engine.Postgres;
using Npgsql;

namespace Farm.Server.Store.Engine.Move;

/// <summary>A PostgreSQL database, over one connection that keeps servers away.</summary>
internal class PostgresSide : IMoveSide
{
    private const string Options = "-c statement_timeout=0 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=0 -c work_mem=65536";

    /// <summary>Takes ownership of a connection.</summary>
    protected PostgresSide(NpgsqlConnectionStringBuilder address, NpgsqlConnection connection)
    {
        Name = $"the schema \"{address.SearchPath}\" of the database \"{address.Database}\" on {address.Host}:{address.Port}";
        SchemaName = address.SearchPath!;
        Connection = connection;
        Tables = PostgresCatalog.Tables(connection, SchemaName);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public IReadOnlyList<MoveTable> Tables { get; }

    /// <summary>The transaction of the whole move.</summary>
    protected NpgsqlTransaction? Transaction { get; set; }

    /// <summary>The connection.</summary>
    protected NpgsqlConnection Connection { get; }

    /// <summary>The schema that holds the tables.</summary>
    protected string SchemaName { get; }

    /// <summary>Connects to the database of a farm. It is only read.</summary>
    /// <exception cref="StoreException">A server uses it, or it holds no farm of this version.</exception>
    public static PostgresSide Open(string address, Schema schema) => Connect(address, (settings, connection) =>
    {
        new PostgresMigration(connection, settings.SearchPath!, schema).RequireUpToDate();
        return new PostgresSide(settings, connection) { Transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead) };
    });

    /// <inheritdoc/>
    public long Count(MoveTable table) => (long)Scalar($"SELECT count(*) FROM {table.QuotedName}")!;

    /// <inheritdoc/>
    public MoveRows Read(MoveTable table)
    {
        var order = string.Join(", ", table.Key.Select(column => Order(table.Columns[column])));
        return new PostgresRows(table, Connection.BeginBinaryExport(
            $"COPY (SELECT {table.ColumnList} FROM {table.QuotedName} ORDER BY {order}) TO STDOUT (FORMAT BINARY)"));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Transaction?.Dispose();
        }
        catch (NpgsqlException)
        {
            // The connection is lost, and so the transaction is undone.
        }

        PostgresLocks.Close(Connection);
    }

    /// <summary>Connects to a database that no server uses, and prepares it.</summary>
    /// <exception cref="StoreException">It cannot be reached, or a server uses it.</exception>
    protected static T Connect<T>(string address, Func<NpgsqlConnectionStringBuilder, NpgsqlConnection, T> prepare)
    {
        var settings = PostgresAddress.Read(address);
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            ApplicationName = "farm move",
            SearchPath = $"{settings.SearchPath},pg_catalog",
            Options = Options,
            Pooling = false,
            CommandTimeout = 0,
        }.ConnectionString);
        try
        {
            connection.Open();
            PostgresEngine.RequireVersion(connection);
            if (!new PostgresLocks(settings.SearchPath!).TryMove(connection))
                throw new StoreException($"A server is using the database \"{settings.Database}\" on {settings.Host}:{settings.Port}; stop it first.");
            return prepare(settings, connection);
        }
        catch (Exception failure)
        {
            PostgresLocks.Close(connection);
            if (PostgresErrors.IsUnreachable(failure)) throw PostgresErrors.WhyNotOpened(settings, failure);
            throw;
        }
    }

    /// <summary>Runs a statement.</summary>
    protected void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The first value of a statement.</summary>
    protected object? Scalar(string sql)
    {
        using var command = new NpgsqlCommand(sql, Connection);
        return command.ExecuteScalar();
    }

    private static string Order(MoveColumn column) => MoveTable.Quote(column.Name) + (column.Kind == ColumnKind.Text ? " COLLATE \"C\"" : "");
}
