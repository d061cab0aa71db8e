namespace Farm.Server.Store.Engine.Sqlite;

/// <summary>A running prepared statement.</summary>
internal sealed class SqliteCursor(SqliteSession session, PreparedStatement prepared) : StoreCursor
{
    /// <inheritdoc/>
    public override StoreRow Row => prepared.Row;

    /// <inheritdoc/>
    public override string[] Columns => prepared.Columns;

    /// <inheritdoc/>
    public override Type[] ColumnTypes => prepared.ColumnTypes;

    /// <inheritdoc/>
    public override int Changes => session.Changes;

    /// <inheritdoc/>
    public override bool Read() => session.Step(prepared);

    /// <inheritdoc/>
    public override void Dispose() => SqliteSession.Reset(prepared);
}
