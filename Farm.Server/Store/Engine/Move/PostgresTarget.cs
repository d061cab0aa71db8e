using Farm.Server.Store.Engine.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Farm.Server.Store.Engine.Move;

/// <summary>A schema of PostgreSQL without a farm's data. Everything is written in one transaction.</summary>
internal sealed class PostgresTarget : PostgresSide, IMoveTarget
{
    // The first start of a server may write these, and refusals of what strangers ask of a farm that is not set up.
    private static readonly string[] Replaceable = [.. TableMatch.NotMoved, "farm_keys", "audit"];

    private PostgresTarget(NpgsqlConnectionStringBuilder address, NpgsqlConnection connection)
        : base(address, connection)
    {
    }

    /// <summary>Connects to a database and creates the tables if needed.</summary>
    /// <exception cref="StoreException">A server uses it, or it is not empty.</exception>
    public static PostgresTarget Create(string address, Schema schema) => Connect(address, (settings, connection) =>
    {
        var migration = new PostgresMigration(connection, settings.SearchPath!, schema);
        // Before migrations, so that a farm that is there is not upgraded.
        if (migration.HasFarm) new PostgresTarget(settings, connection).RequireEmpty(schema);
        migration.Run(isAlone: true, NullLogger.Instance);
        return new PostgresTarget(settings, connection);
    });

    /// <inheritdoc/>
    public void BeginCopy(IReadOnlyList<MoveTable> tables)
    {
        Transaction = Connection.BeginTransaction();
        Execute($"TRUNCATE {string.Join(", ", tables.Select(table => table.QuotedName))}");
        foreach (var table in tables) Execute($"ALTER TABLE {table.QuotedName} DISABLE TRIGGER USER");
    }

    /// <inheritdoc/>
    public IMoveWriter Write(MoveTable table) => new PostgresWriter(
        table, Connection.BeginBinaryImport($"COPY {table.QuotedName} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)"));

    /// <inheritdoc/>
    public void EndCopy(IReadOnlyList<MoveTable> tables)
    {
        foreach (var table in tables) Execute($"ALTER TABLE {table.QuotedName} ENABLE TRIGGER USER");
        foreach (var (table, column) in PostgresCatalog.IdentityColumns(Connection, SchemaName))
        {
            var (inTable, ofColumn) = (MoveTable.Quote(table), MoveTable.Quote(column));
            var last = (long)Scalar($"SELECT coalesce(max({ofColumn}), 0) FROM {inTable}")!;
            // Unlike setval, this is undone with the transaction.
            Execute($"ALTER TABLE {inTable} ALTER COLUMN {ofColumn} RESTART WITH {last + 1}");
        }

        foreach (var table in tables) Execute($"ANALYZE {table.QuotedName}");
    }

    /// <inheritdoc/>
    public void Keep() => Transaction!.Commit();

    private void RequireEmpty(Schema schema)
    {
        var fresh = FreshRows.Of(schema);
        var used = Tables
            .Where(table => !Replaceable.Contains(table.Name) && Count(table) > fresh.GetValueOrDefault(table.Name))
            .Select(table => table.Name)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (used.Count == 0) return;
        throw new StoreException(
            $"Cannot move into {Name}: it has rows in {string.Join(", ", used)}. Name an empty database, or another schema (…?schema=NAME).");
    }
}
