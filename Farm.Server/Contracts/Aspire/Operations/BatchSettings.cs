using System.ComponentModel;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>What a studio may set about seeds and their workers (Contracts/Aspire/Contract.md sections 5.4, 5.5 and 6).</summary>
internal sealed record BatchSettings
{
    /// <summary>A worker that has not called for this long loses its batches; zero turns the check off.</summary>
    [ConfigurationKeyName("worker_timeout")]
    [Description("A worker that has not called for this long loses its batches; `0` turns the check off.")]
    public TimeSpan WorkerTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An entry that was failed so often, or lost with its worker, is failed for good.</summary>
    [ConfigurationKeyName("retry_limit")]
    [Description("An entry that was failed, or lost with its worker, this many times is failed for good.")]
    [GreaterThanZero]
    public int RetryLimit { get; init; } = 3;

    /// <summary>Whether workers that said where they listen are told when a seed is released.</summary>
    [ConfigurationKeyName("forward_releases")]
    [Description("Whether workers are told when a seed is released, at the addresses that they gave, if those are in `networks`.")]
    public bool ForwardReleases { get; init; }
}
