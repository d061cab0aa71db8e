namespace Farm.Server.Contracts.Aspire.Domain;

/// <summary>What became of a hand-out (Contracts/Aspire/Contract.md section 5). The numbers are stored in the database: never renumber.</summary>
internal enum BatchState
{
    /// <summary>It was handed to a worker, which has not said that it takes responsibility.</summary>
    Sent = 0,

    /// <summary>The worker takes responsibility.</summary>
    Acknowledged = 1,

    /// <summary>The worker did its entries.</summary>
    Completed = 2,

    /// <summary>The worker failed its entries.</summary>
    Failed = 3,
}

/// <summary>Several tasks of one seed, handed to a worker together. Times are unix milliseconds.</summary>
/// <param name="Id">The minted id, of this hand-out only.</param>
/// <param name="JobId">The seed's job.</param>
/// <param name="StageId">The stage of its tasks.</param>
/// <param name="WorkerId">The worker that it was handed to.</param>
/// <param name="State">What became of it.</param>
internal sealed record Batch(long Id, long JobId, long StageId, long WorkerId, BatchState State)
{
    /// <summary>Whether the worker still has it in its hands.</summary>
    public bool IsOut => State is BatchState.Sent or BatchState.Acknowledged;
}
