namespace Farm.Server.Store.Engine.Move;

/// <summary>Writes the rows of one table.</summary>
internal interface IMoveWriter : IDisposable
{
    /// <summary>Writes a row. Each value is a long, double, string, byte array or null.</summary>
    void Write(object?[] row);

    /// <summary>Ends the table.</summary>
    void Complete();
}
