using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The page of one worker.</summary>
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

    /// <summary>The steps of the current task change with its job.</summary>
    protected override bool Concerns(ChangeBatch batch) =>
        batch.Has(FarmChangeKind.Worker, Id) || (_worker?.CurrentTask is { } task && batch.Has(FarmChangeKind.Job, task.JobId));

    private static string NextStep(WorkerRow worker) => worker.Status switch
    {
        WorkerStatus.Awake => "It will get the next task of a type that it supports.",
        WorkerStatus.Asleep => "Wake it to give it tasks.",
        _ => "It gets tasks when it is awake.",
    };
}
