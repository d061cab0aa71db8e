using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Farm.Dashboard.Layout;

/// <summary>The layout of every page.</summary>
public partial class MainLayout
{
    private ErrorBoundary? _boundary;
    private Visitor? _visitor;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IAssetLinks Links { get; set; } = null!;

    [Inject]
    private IFarmProjects Projects { get; set; } = null!;

    [Inject]
    private IFarmPeople People { get; set; } = null!;

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];

    /// <summary>Clears an error of the previous page, and reads who is signed in.</summary>
    protected override async Task OnParametersSetAsync()
    {
        _boundary?.Recover();
        _visitor = await People.ReadVisitorAsync(CancellationToken.None);
    }

    private void TryAgain() => _boundary?.Recover();
}
