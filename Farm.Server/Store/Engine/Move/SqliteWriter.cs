namespace Farm.Server.Store.Engine.Move;

/// <summary>Writes the rows of a table with a prepared statement.</summary>
internal sealed class SqliteWriter(StoreSession session, MoveTable table) : IMoveWriter
{
    private readonly string _insert = $"INSERT INTO {table.QuotedName} ({table.ColumnList}) VALUES ({Parameters(table)})";

    /// <inheritdoc/>
    public void Write(object?[] row) => session.Execute(_insert, row);

    /// <inheritdoc/>
    public void Complete()
    {
        // Each row is written at once.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // The session owns the statement.
    }

    private static string Parameters(MoveTable table) => string.Join(", ", Enumerable.Range(1, table.Columns.Count).Select(number => $"${number}"));
}
