namespace Farm.Server.Contracts.Aspire.Domain;

/// <summary>The state of a batch (Contracts/Aspire/Contract.md section 5). The numbers are stored in the database: never renumber.</summary>
internal enum BatchState
{
    /// <summary>It was sent to a worker, which has not acknowledged it.</summary>
    Sent = 0,

    /// <summary>The worker acknowledged it.</summary>
    Acknowledged = 1,

    /// <summary>The worker completed it.</summary>
    Completed = 2,

    /// <summary>The worker failed it.</summary>
    Failed = 3,
}

/// <summary>Several tasks of one seed, handed out to a worker together.</summary>
/// <param name="Id">A <see cref="TimestampId"/>, unique to this hand-out.</param>
/// <param name="JobId">The seed's job.</param>
/// <param name="StageId">The stage of its tasks.</param>
/// <param name="WorkerId">Its worker.</param>
/// <param name="State">Its state.</param>
internal sealed record Batch(long Id, long JobId, long StageId, long WorkerId, BatchState State)
{
    /// <summary>Whether the worker still holds it.</summary>
    public bool IsHeld => State is BatchState.Sent or BatchState.Acknowledged;
}
