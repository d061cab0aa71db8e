using System.ComponentModel;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>Settings for seeds and their workers (Contracts/Aspire/Contract.md sections 5.4, 5.5 and 6).</summary>
internal sealed record BatchSettings
{
    /// <summary>A worker that is silent for this long loses its batches; zero disables the check.</summary>
    [ConfigurationKeyName("worker_timeout")]
    [Description("A worker that is silent for this long loses its batches; `0` disables the check.")]
    public TimeSpan WorkerTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>An entry that failed, or was lost with its worker, this many times is failed for good.</summary>
    [ConfigurationKeyName("retry_limit")]
    [Description("An entry that failed, or was lost with its worker, this many times is failed for good.")]
    [GreaterThanZero]
    public int RetryLimit { get; init; } = 3;

    /// <summary>Whether workers that registered a URL are notified when a seed is released.</summary>
    [ConfigurationKeyName("forward_releases")]
    [Description("Whether workers are notified when a seed is released, at the URLs that they registered, if those are in `networks`.")]
    public bool ForwardReleases { get; init; }
}
