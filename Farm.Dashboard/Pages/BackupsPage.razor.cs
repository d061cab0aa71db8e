using Farm.Dashboard.Actions;
using Farm.Dashboard.Live;
using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;

namespace Farm.Dashboard.Pages;

/// <summary>The backups of the farm: make, verify, restore and remove them.</summary>
public partial class BackupsPage
{
    /// <summary>No change of the farm is reported for a backup.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly HashSet<BackupContent> _with = [];
    private BackupList? _list;
    private bool _mayNot;

    [Inject]
    private IFarmBackups Farm { get; set; } = null!;

    [Inject]
    private ActionRunner Runner { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive && Farm.IsSupported) _ = RepeatAsync();
    }

    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (!Farm.IsSupported) return;
        var isFirst = _list is null;
        _list = await Farm.ReadAsync(cancellationToken);
        _mayNot = _list is null;
        if (isFirst && _list is not null) _with.UnionWith(_list.Defaults);
    }

    protected override bool Concerns(ChangeBatch batch) => false;

    private void Choose(BackupContent part, bool isChosen)
    {
        if (isChosen) _with.Add(part);
        else _with.Remove(part);
    }

    private async Task MakeAsync()
    {
        await Runner.RunAsync(() => Farm.MakeAsync(_with, CancellationToken.None), "Backup made and checked.");
        await RefreshAsync();
    }

    private async Task CancelAsync()
    {
        await Runner.RunAsync(() => Farm.CancelRestoreAsync(CancellationToken.None), "The restore is canceled.");
        await RefreshAsync();
    }

    private async Task RepeatAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, Time, Gone);
                await InvokeAsync(async () =>
                {
                    await RefreshAsync();
                    StateHasChanged();
                });
            }
        }
        catch (Exception e) when (Gone.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // The page was closed meanwhile.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }
}
