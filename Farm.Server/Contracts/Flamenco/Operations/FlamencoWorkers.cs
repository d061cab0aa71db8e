using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Flamenco.Operations;

/// <summary>Workers that sign on and off, poll for tasks, and time out when silent.</summary>
internal sealed class FlamencoWorkers : WorkerProtocol
{
    /// <summary>The protocol name of these workers.</summary>
    public const string Protocol = "flamenco";

    /// <inheritdoc/>
    public override string Name => Protocol;

    /// <inheritdoc/>
    public override bool PollsForRequests => true;

    /// <inheritdoc/>
    public override bool TimesOut => true;
}
