using System.Runtime.CompilerServices;
using Farm.Dashboard.Ports;
using Farm.Server.Domain.Events;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>Passes the farm's events on to the dashboard.</summary>
internal sealed class DashboardChanges(FarmEvents events) : IFarmChanges
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<FarmChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in events.ListenAsync(cancellationToken))
        {
            yield return Map(happened);
            if (happened is { Kind: FarmEventKind.Task, Worker: { } worker }) yield return new FarmChange(FarmChangeKind.Worker, worker);
        }
    }

    private static FarmChange Map(FarmEvent happened) => happened switch
    {
        { Kind: FarmEventKind.Job or FarmEventKind.Task or FarmEventKind.Tasks, Job: { } job } => new(FarmChangeKind.Job, job),
        { Kind: FarmEventKind.TaskLog, Task: { } task } => new(FarmChangeKind.Log, task),
        { Kind: FarmEventKind.Worker, Worker: { } worker } => new(FarmChangeKind.Worker, worker),
        { Kind: FarmEventKind.LastRendered, Job: { } job } => new(FarmChangeKind.Image, job),
        { Kind: FarmEventKind.JobTypes } => new(FarmChangeKind.JobTypes, Guid.Empty),
        { Kind: FarmEventKind.Managers } => new(FarmChangeKind.Managers, Guid.Empty),
        { Kind: FarmEventKind.Audit } => new(FarmChangeKind.Audit, Guid.Empty),
        _ => new(FarmChangeKind.Everything, Guid.Empty),
    };
}
