using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>One worker: what can be asked of it, what it is, and the tasks it had.</summary>
public partial class WorkerPage
{
    private readonly StableRows<TaskRow> _tasks = new(task => task.Id);
    private readonly ListState<TaskSort> _state = new(TaskSort.Updated, standardDescending: true, pageSize: 25);
    private (Guid Worker, PageRequest Page)? _shown;
    private FarmIdentity? _identity;
    private WorkerRow? _worker;
    private bool _looked;
    private int _total;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "page")]
    private int? PageNumber { get; set; }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _state.Take(Navigation, new ListAddress(PageNumber, null, null, null, null));
        _identity ??= await Reader.ReadIdentityAsync(cancellationToken);
        var shown = (Id, _state.Page);
        var worker = await Reader.FindWorkerAsync(Id, cancellationToken);
        var page = await Reader.ReadTasksOfWorkerAsync(Id, _state.Page, cancellationToken);
        _tasks.Take(page.Rows, anotherList: shown != _shown);
        (_worker, _total, _shown, _looked) = (worker, page.Total, shown, true);
    }

    /// <summary>A worker that changes hands is told of itself; the steps of its task come with the job.</summary>
    protected override bool Concerns(ChangeBatch batch) =>
        batch.Has(FarmChangeKind.Worker, Id) || (_worker?.CurrentTask is { } task && batch.Has(FarmChangeKind.Job, task.JobId));

    private static string NextStep(WorkerRow worker) => worker.Status switch
    {
        WorkerStatus.Awake => "It takes the next task of a type that it supports.",
        WorkerStatus.Asleep => "Wake it, and it takes tasks of the types that it supports.",
        _ => "It takes tasks once it is awake.",
    };
}
