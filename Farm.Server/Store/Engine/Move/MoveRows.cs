namespace Farm.Server.Store.Engine.Move;

/// <summary>The rows of a table, one at a time.</summary>
/// <param name="table">The table.</param>
internal abstract class MoveRows(MoveTable table) : IDisposable
{
    /// <summary>The current row, overwritten by the next one. Each value is a long, double, string, byte array or null.</summary>
    public object?[] Values { get; } = new object?[table.Columns.Count];

    /// <summary>Advances to the next row; false if there is none.</summary>
    public abstract bool Read();

    /// <inheritdoc/>
    public abstract void Dispose();
}
