using System.Text.Json.Nodes;
using Farm.Server.Contracts.Aspire.Operations;
using Farm.Server.Contracts.Shared;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Contracts.Aspire;

/// <summary>Reads and writes what can be set in <c>contracts: {aspire: …}</c> (Contracts/Aspire/Contract.md sections 5.4, 5.5 and 6).</summary>
internal sealed class BatchSettingsSection : ModuleSettings<BatchSettings>
{
    /// <inheritdoc/>
    public override IReadOnlyList<SettingKey> Keys { get; } =
    [
        new("worker_timeout", "A worker that has not called for this long loses its batches; `0` turns the check off."),
        new("retry_limit", "An entry that was failed, or lost with its worker, this many times is failed for good."),
        new("forward_releases", "Whether workers are told when a seed is released, at the addresses that they gave, if those are in `networks`."),
    ];

    /// <inheritdoc/>
    public override BatchSettings Read(IConfigurationSection section)
    {
        var read = new SettingReader(section);
        var defaults = new BatchSettings();
        return new BatchSettings
        {
            WorkerTimeout = read.Duration("worker_timeout", defaults.WorkerTimeout),
            RetryLimit = read.Count("retry_limit", defaults.RetryLimit),
            ForwardReleases = read.Flag("forward_releases", defaults.ForwardReleases),
        };
    }

    /// <inheritdoc/>
    public override void Write(BatchSettings settings, JsonObject document)
    {
        document["worker_timeout"] = GoDuration.Text(settings.WorkerTimeout);
        document["retry_limit"] = settings.RetryLimit;
        document["forward_releases"] = settings.ForwardReleases;
    }
}
