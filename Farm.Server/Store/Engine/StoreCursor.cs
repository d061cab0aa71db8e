namespace Farm.Server.Store.Engine;

/// <summary>A running statement and its rows.</summary>
internal abstract class StoreCursor : IDisposable
{
    /// <summary>The current row.</summary>
    public abstract StoreRow Row { get; }

    /// <summary>Column names.</summary>
    public abstract string[] Columns { get; }

    /// <summary>Column types: long, double, string or byte array. The same for every run of the statement.</summary>
    public abstract Type[] ColumnTypes { get; }

    /// <summary>The number of rows that the statement has changed, once all its rows are read.</summary>
    public abstract int Changes { get; }

    /// <summary>Advances to the next row; false if there is none.</summary>
    /// <exception cref="System.Data.Common.DbException">The statement failed; its changes are undone.</exception>
    public abstract bool Read();

    /// <summary>Ends the statement.</summary>
    public abstract void Dispose();
}
