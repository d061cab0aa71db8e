using Farm.Dashboard.Actions;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The visitor's own account: password, sessions and tokens.</summary>
public partial class OwnAccountPage
{
    private OwnAccount? _account;
    private IReadOnlyList<ProjectRow> _projects = [];
    private bool _isNobody;
    private string? _problem;

    [Inject]
    private IOwnAccount Farm { get; set; } = null!;

    [Inject]
    private IFarmProjects Projects { get; set; } = null!;

    [Inject]
    private ActionRunner Runner { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        _account = await Farm.ReadAsync(cancellationToken);
        _isNobody = _account is null;
        _projects = Projects.IsEnabled && _account is not null ? await Projects.ReadProjectsAsync(cancellationToken) : [];
    }

    /// <summary>Sign-ins and whatever happens to the account are in the audit.</summary>
    protected override bool Concerns(ChangeBatch batch) => batch.Has(FarmChangeKind.Audit);

    private async Task RemoveAsync()
    {
        var isGone = false;
        _problem = await Runner.ConfirmAndTryAsync(
            new Confirmation("Remove your account?", "You are signed out and cannot sign in any more, and your tokens stop working. Your jobs and projects stay. This cannot be undone.", "Remove my account", "Cancel"),
            async () =>
            {
                await Farm.RemoveAsync(CancellationToken.None);
                isGone = true;
            },
            "Your account is removed.");
        if (isGone) Navigation.NavigateTo("/", forceLoad: true);
    }
}
