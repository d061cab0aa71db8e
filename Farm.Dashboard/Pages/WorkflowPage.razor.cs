using Farm.Dashboard.Lists;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The page of one workflow.</summary>
public partial class WorkflowPage
{
    private readonly StableRows<WorkflowRunRow> _runs = new(run => run.JobId);
    private readonly ListState<RunOrder> _state = new(RunOrder.Newest, standardDescending: true, pageSize: 50);
    private (string Workflow, PageRequest Page)? _shown;
    private WorkflowRow? _workflow;
    private bool _looked;
    private bool _mayManage;
    private int _total;

    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private IWorkflows Farm { get; set; } = null!;

    [Inject]
    private IFarmPeople People { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "page")]
    private int? PageNumber { get; set; }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _state.Take(Navigation, new ListAddress(PageNumber, null, null, null, null));
        var shown = (Id, _state.Page);
        var workflow = await Farm.FindWorkflowAsync(Id, cancellationToken);
        var page = await Farm.ReadRunsAsync(Id, _state.Page, cancellationToken);
        _mayManage = await People.ReadVisitorAsync(cancellationToken) is { IsAdministrator: true };
        _runs.Take(page.Rows, anotherList: shown != _shown);
        (_workflow, _total, _shown, _looked) = (workflow, page.Total, shown, true);
    }

    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Job);

    private void GoToAll() => Navigation.NavigateTo("/workflows");

    /// <summary>The runs have one order only.</summary>
    private enum RunOrder
    {
        Newest,
    }
}
