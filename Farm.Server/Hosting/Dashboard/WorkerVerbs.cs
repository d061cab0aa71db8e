using Farm.Dashboard.Ports;
using WorkerStatus = Farm.Server.Domain.Workers.WorkerStatus;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Maps the dashboard's worker actions to requested statuses.</summary>
internal static class WorkerVerbs
{
    /// <summary>The status that an action requests.</summary>
    public static WorkerStatus StatusFor(WorkerVerb verb) => verb switch
    {
        WorkerVerb.Wake => WorkerStatus.Awake,
        WorkerVerb.Sleep => WorkerStatus.Asleep,
        WorkerVerb.Restart => WorkerStatus.Restart,
        WorkerVerb.ShutDown => WorkerStatus.Offline,
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };

    /// <summary>The action that requests a status; null for statuses that only other clients request.</summary>
    public static WorkerVerb? VerbFor(WorkerStatus status) => status switch
    {
        WorkerStatus.Awake => WorkerVerb.Wake,
        WorkerStatus.Asleep => WorkerVerb.Sleep,
        WorkerStatus.Restart => WorkerVerb.Restart,
        WorkerStatus.Offline => WorkerVerb.ShutDown,
        _ => null,
    };
}
