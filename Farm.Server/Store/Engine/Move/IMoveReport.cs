namespace Farm.Server.Store.Engine.Move;

/// <summary>What a move does with a table.</summary>
internal enum MoveStep
{
    /// <summary>Writes its rows into the target.</summary>
    Copy,

    /// <summary>Compares its rows with the source.</summary>
    Verify,
}

/// <summary>Is told how a move progresses.</summary>
internal interface IMoveReport
{
    /// <summary>Rows were copied or verified. Called every few thousand rows.</summary>
    void Progress(MoveStep step, string table, long rows, long total);

    /// <summary>A table is copied and verified.</summary>
    void Moved(string table, long rows);
}
