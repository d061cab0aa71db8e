using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Layout;

/// <summary>The frame around every page: navigation, theme switch, and the places where dialogs and messages appear.</summary>
public partial class MainLayout
{
    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IAssetLinks Links { get; set; } = null!;

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];
}
