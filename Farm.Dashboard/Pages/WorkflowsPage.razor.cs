using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The list of flowServ workflows.</summary>
public partial class WorkflowsPage
{
    private IReadOnlyList<WorkflowRow>? _workflows;
    private bool _mayManage;

    [Inject]
    private IWorkflows Farm { get; set; } = null!;

    [Inject]
    private IFarmPeople People { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string Address => new Uri(Navigation.BaseUri).GetLeftPart(UriPartial.Authority) + "/flowserv/api/v1";

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _workflows = await Farm.ReadWorkflowsAsync(cancellationToken);
        _mayManage = await People.ReadVisitorAsync(cancellationToken) is { IsAdministrator: true };
    }

    /// <summary>A run is a job, and the number of runs is shown.</summary>
    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Job);
}
