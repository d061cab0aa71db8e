using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Farm.Dashboard.Live;

/// <summary>A component that reads from the farm when its parameters or the farm change.</summary>
public abstract partial class LiveComponent : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _subscription;

    [Inject]
    protected IFarmReader Reader { get; set; } = null!;

    [Inject]
    private ChangeFeed Feed { get; set; } = null!;

    [Inject]
    private ILogger<LiveComponent> Log { get; set; } = null!;

    /// <summary>Why the last read failed; null if it succeeded. The previous content stays visible.</summary>
    protected string? ReadProblem { get; private set; }

    /// <summary>Canceled when the component is gone.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Reads the content. Runs on the circuit's synchronization context, one read at a time for changes.</summary>
    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    /// <summary>Whether the changes affect this component.</summary>
    protected abstract bool Concerns(ChangeBatch batch);

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            _subscription = Feed.Subscribe(OnChangesAsync);
    }

    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <summary>Reads now; a failure sets <see cref="ReadProblem"/>.</summary>
    protected async Task RefreshAsync()
    {
        try
        {
            await ReadAsync(_gone.Token);
            ReadProblem = null;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            ReadProblem = "Cannot read the farm; this page may be out of date. It updates with the next change.";
            LogReadFailed(Log, GetType().Name, e);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _subscription?.Dispose();
        _gone.Cancel();
    }

    private async Task OnChangesAsync(ChangeBatch batch)
    {
        if (_gone.IsCancellationRequested || !Concerns(batch))
            return;

        await InvokeAsync(async () =>
        {
            await RefreshAsync();
            if (!_gone.IsCancellationRequested)
                StateHasChanged();
        });
    }

    [LoggerMessage(LogLevel.Error, "Dashboard component {Page} cannot read the farm.")]
    private static partial void LogReadFailed(ILogger log, string page, Exception reason);
}
