using Farm.Server.Operations.Workers;

namespace Farm.Server.Contracts.TaskTracker.Operations;

/// <summary>Workers that ask projects for their tasks (Contracts/TaskTracker/Contract.md section 2.1).</summary>
internal sealed class TrackerWorkerProtocol : WorkerProtocol
{
    /// <summary>The name that these workers bear.</summary>
    public const string Protocol = "task_tracker";

    /// <inheritdoc/>
    public override string Name => Protocol;
}
