using Farm.Dashboard.Ports;
using WorkerStatus = Farm.Server.Domain.Workers.WorkerStatus;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>What people ask of workers, and the statuses that stand for it.</summary>
internal static class WorkerVerbs
{
    /// <summary>The status that a worker is asked to take.</summary>
    public static WorkerStatus StatusFor(WorkerVerb verb) => verb switch
    {
        WorkerVerb.Wake => WorkerStatus.Awake,
        WorkerVerb.Sleep => WorkerStatus.Asleep,
        WorkerVerb.Restart => WorkerStatus.Restart,
        WorkerVerb.ShutDown => WorkerStatus.Offline,
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    /// <summary>What was asked of a worker; null for what only other tools ask for.</summary>
    public static WorkerVerb? VerbFor(WorkerStatus status) => status switch
    {
        WorkerStatus.Awake => WorkerVerb.Wake,
        WorkerStatus.Asleep => WorkerVerb.Sleep,
        WorkerStatus.Restart => WorkerVerb.Restart,
        WorkerStatus.Offline => WorkerVerb.ShutDown,
        _ => null,
    };
}
