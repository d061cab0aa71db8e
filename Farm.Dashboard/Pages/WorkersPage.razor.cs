using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;

namespace Farm.Dashboard.Pages;

/// <summary>The list of workers.</summary>
public partial class WorkersPage
{
    private readonly StableRows<WorkerRow> _workers = new(worker => worker.Id);
    private readonly ListState<WorkerSort> _state = new(WorkerSort.Name, standardDescending: false, pageSize: 50);
    private IReadOnlyDictionary<WorkerStatus, int> _counts = new Dictionary<WorkerStatus, int>();
    private WorkerQuery? _shown;
    private FarmIdentity? _identity;
    private int? _total;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        TakeAddress(_state);
        _identity ??= await Reader.ReadIdentityAsync(cancellationToken);
        var query = new WorkerQuery(_state.Page, _state.Sort, _state.Descending, StatusGroups.Workers.Named(_state.Group), _state.Search);
        var counts = (await Reader.ReadOverviewAsync(cancellationToken)).Workers;
        var page = await Reader.ReadWorkersAsync(query, cancellationToken);
        _workers.Take(page.Rows, anotherList: query != _shown);
        (_counts, _total, _shown) = (counts, page.Total, query);
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Worker);
}
