namespace Farm.Server.Store.Engine.Move;

/// <summary>The rows of a table of SQLite.</summary>
internal sealed class SqliteRows(MoveTable table, StoreCursor cursor) : MoveRows(table)
{
    /// <inheritdoc/>
    public override bool Read()
    {
        if (!cursor.Read()) return false;
        for (var i = 0; i < Values.Length; i++) Values[i] = cursor.Row.GetValue(i) is var value and not DBNull ? value : null;
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => cursor.Dispose();
}
