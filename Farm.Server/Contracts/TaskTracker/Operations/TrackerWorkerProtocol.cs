using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Workers of this protocol (Contracts/TaskTracker/Contract.md section 2.1).</summary>
internal sealed class TrackerWorkerProtocol : WorkerProtocol
{
    /// <summary>The protocol name of these workers.</summary>
    public const string Protocol = "task_tracker";

    /// <inheritdoc/>
    public override string Name => Protocol;
}
