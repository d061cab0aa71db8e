using Farm.Dashboard.Ports;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;

namespace Farm.Dashboard.Live;

/// <summary>A component that reads from the farm when its parameters change, and again when the farm does.</summary>
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

    /// <summary>Why the last reading failed, in one sentence; null if it did not. What was read before stays on the screen.</summary>
    protected string? ReadProblem { get; private set; }

    /// <summary>Reads what is shown. Called on the circuit's own thread of work, never twice at a time for changes.</summary>
    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    /// <summary>Whether what changed is on the screen.</summary>
    protected abstract bool Concerns(ChangeBatch batch);

    protected override void OnInitialized()
    {
        if (RendererInfo.IsInteractive)
            _subscription = Feed.Subscribe(OnChangesAsync);
    }

    protected override Task OnParametersSetAsync() => RefreshAsync();

    /// <summary>Reads now and keeps a failure for <see cref="ReadProblem"/>.</summary>
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
            ReadProblem = "The farm could not be read just now; what you see may be old. It is tried again with the next change.";
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

    [LoggerMessage(LogLevel.Error, "{Page} of the dashboard could not read the farm.")]
    private static partial void LogReadFailed(ILogger log, string page, Exception reason);
}
