using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;

namespace Farm.Dashboard.Pages;

/// <summary>The start page: counts, recently updated jobs, recently seen workers, newest image.</summary>
public partial class OverviewPage
{
    private const int Glance = 8;

    private readonly StableRows<JobRow> _jobs = new(job => job.Id);
    private readonly StableRows<WorkerRow> _workers = new(worker => worker.Id);
    private Overview? _overview;
    private FarmIdentity? _identity;

    private string Title => _identity is null ? "Farm" : $"Overview · {_identity.Name}";

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _identity ??= await Reader.ReadIdentityAsync(cancellationToken);
        _overview = await Reader.ReadOverviewAsync(cancellationToken);
        _jobs.Take((await Reader.ReadJobsAsync(new JobQuery(new PageRequest(0, Glance)), cancellationToken)).Rows);
        _workers.Take((await Reader.ReadWorkersAsync(new WorkerQuery(new PageRequest(0, Glance), WorkerSort.Status), cancellationToken)).Rows);
    }

    protected override bool Concerns(ChangeBatch batch) =>
        batch.Has(FarmChangeKind.Job) || batch.Has(FarmChangeKind.Worker) || batch.Has(FarmChangeKind.Image);

    private static int Count<TStatus>(IReadOnlyDictionary<TStatus, int> counts, params TStatus[] statuses) =>
        statuses.Sum(status => counts.GetValueOrDefault(status));

    private static string Sentence(Overview farm)
    {
        var waiting = farm.Tasks.Queued + farm.Tasks.SoftFailed;
        var awake = Count(farm.Workers, WorkerStatus.Awake);
        return (farm.Tasks.Active, waiting, awake) switch
        {
            ( > 0, _, _) => $"{Many(farm.Tasks.Active, "task")} running, {waiting:N0} queued.",
            (0, > 0, 0) => $"{Many(waiting, "task")} queued, but no worker is awake.",
            (0, > 0, _) => $"{Many(waiting, "task")} queued; no worker has started one yet.",
            _ => "No tasks queued.",
        };
    }

    private static string Many(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count:N0} {thing}s";
}
