using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.Flamenco.Operations;

/// <summary>Workers that sign on and off, poll the scheduler by themselves and time out when they are silent.</summary>
internal sealed class FlamencoWorkers : WorkerProtocol
{
    /// <summary>The name that these workers bear.</summary>
    public const string Protocol = "flamenco";

    /// <inheritdoc/>
    public override string Name => Protocol;

    /// <inheritdoc/>
    public override bool PollsForRequests => true;

    /// <inheritdoc/>
    public override bool TimesOut => true;
}
