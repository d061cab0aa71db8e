namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>What a studio may set about seeds and their workers (Contracts/Aspire/Contract.md sections 5.4, 5.5 and 6).</summary>
internal sealed record BatchSettings
{
    /// <summary>A worker that has not called for this long loses its batches; zero turns the check off.</summary>
    public TimeSpan WorkerTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An entry that was failed so often, or lost with its worker, is failed for good.</summary>
    public int RetryLimit { get; init; } = 3;

    /// <summary>Whether workers that said where they listen are told when a seed is released.</summary>
    public bool ForwardReleases { get; init; }
}
