using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace Farm.Dashboard.Layout;

/// <summary>The layout of every page.</summary>
public partial class MainLayout
{
    // Accounts are in the database; pages that do without it must not wait long for who is signed in.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(1);

    private ErrorBoundary? _boundary;
    private Visitor? _visitor;
    private bool _isSetUp = true;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IAssetLinks Links { get; set; } = null!;

    [Inject]
    private IFarmProjects Projects { get; set; } = null!;

    [Inject]
    private IFarmPeople People { get; set; } = null!;

    [Inject]
    private ILogger<MainLayout> Log { get; set; } = null!;

    private string Here => Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0];

    /// <summary>Clears an error of the previous page, and reads who is signed in. If that cannot be read, it stays as it was.</summary>
    protected override async Task OnParametersSetAsync()
    {
        _boundary?.Recover();
        try
        {
            _visitor = await People.ReadVisitorAsync(CancellationToken.None).WaitAsync(MaxWait);
            _isSetUp = await People.IsSetUpAsync(CancellationToken.None).WaitAsync(MaxWait);
        }
        catch (Exception e)
        {
            LogVisitorUnknown(Log, e.Message);
        }
    }

    private void TryAgain() => _boundary?.Recover();

    [LoggerMessage(LogLevel.Warning, "The dashboard cannot read who is signed in: {Reason}")]
    private static partial void LogVisitorUnknown(ILogger log, string reason);
}
