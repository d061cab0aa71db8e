namespace Farm.Server.Store.Engine.Move;

/// <summary>A database that receives a farm. Without <see cref="Keep"/> it stays empty.</summary>
internal interface IMoveTarget : IMoveSide
{
    /// <summary>Removes the rows that migrations put there, and stops triggers until <see cref="EndCopy"/>.</summary>
    /// <param name="tables">The tables that will be written.</param>
    void BeginCopy(IReadOnlyList<MoveTable> tables);

    /// <summary>Starts to write a table. Tables are written after those that they reference.</summary>
    IMoveWriter Write(MoveTable table);

    /// <summary>Makes the database ready for a server: triggers, the next ids, foreign keys.</summary>
    /// <exception cref="StoreException">A row references one that does not exist.</exception>
    void EndCopy(IReadOnlyList<MoveTable> tables);

    /// <summary>Saves what was written.</summary>
    void Keep();
}
