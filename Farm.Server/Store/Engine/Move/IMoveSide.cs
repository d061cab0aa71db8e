namespace Farm.Server.Store.Engine.Move;

/// <summary>A database of a farm that is stopped; no server can start on it until this is disposed.</summary>
internal interface IMoveSide : IDisposable
{
    /// <summary>The name of the database in messages.</summary>
    string Name { get; }

    /// <summary>All tables, also those that are not moved.</summary>
    IReadOnlyList<MoveTable> Tables { get; }

    /// <summary>The number of rows.</summary>
    long Count(MoveTable table);

    /// <summary>All rows by primary key. All reads of a source see the same state. Dispose the result before anything else is read.</summary>
    MoveRows Read(MoveTable table);
}
