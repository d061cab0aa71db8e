using SQLitePCL;

namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>The current row of a statement.</summary>
internal sealed class SqliteRow(nint statement) : StoreRow
{
    /// <inheritdoc/>
    public override long GetInt64(int column) => SqliteColumns.Integer(statement, column);

    /// <inheritdoc/>
    public override double GetDouble(int column) => SqliteColumns.Number(statement, column);

    /// <inheritdoc/>
    public override string GetString(int column) => SqliteColumns.Text(statement, column);

    /// <inheritdoc/>
    public override byte[] GetBytes(int column) => SqliteColumns.Bytes(statement, column);

    /// <inheritdoc/>
    public override bool IsDBNull(int column) => SqliteColumns.Type(statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public override Guid Uuid(int column) => SqliteColumns.Uuid(statement, column);

    /// <inheritdoc/>
    public override object GetValue(int column) => SqliteColumns.Type(statement, column) switch
    {
        raw.SQLITE_INTEGER => GetInt64(column),
        raw.SQLITE_FLOAT => GetDouble(column),
        raw.SQLITE_TEXT => GetString(column),
        raw.SQLITE_BLOB => GetBytes(column),
        _ => DBNull.Value,
    };
}
