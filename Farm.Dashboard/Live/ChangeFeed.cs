using Farm.Dashboard.Ports;
using Microsoft.Extensions.Logging;

namespace Farm.Dashboard.Live;

/// <summary>
/// The change feed of a circuit. It collects changes and notifies subscribers at most four times a second, and not before all have handled the
/// previous batch.
/// </summary>
public sealed partial class ChangeFeed(IFarmChanges changes, TimeProvider time, ILogger<ChangeFeed> log) : IAsyncDisposable
{
    /// <summary>The shortest time between two updates.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Func<ChangeBatch, Task>> _subscribers = [];
    private readonly SemaphoreSlim _some = new(0, 1);
    private HashSet<FarmChange> _pending = [];
    private Task? _running;

    /// <summary>Calls <paramref name="subscriber"/> with each batch from now on, until the result is disposed.</summary>
    public IDisposable Subscribe(Func<ChangeBatch, Task> subscriber)
    {
        lock (_lock)
        {
            _subscribers.Add(subscriber);
            _running ??= Task.WhenAll(GatherAsync(), TellAsync());
        }

        return new Subscription(this, subscriber);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        if (_running is not null)
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
        _some.Dispose();
    }

    private async Task GatherAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await foreach (var change in changes.WatchAsync(_ended.Token).ConfigureAwait(false))
                    Add(change);
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogWatchFailed(log, e.Message);
            }

            await Task.Delay(Interval, time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Add(new FarmChange(FarmChangeKind.Everything, Guid.Empty));
        }
    }

    private async Task TellAsync()
    {
        while (true)
        {
            await _some.WaitAsync(_ended.Token).ConfigureAwait(false);
            HashSet<FarmChange> gathered;
            Func<ChangeBatch, Task>[] subscribers;
            lock (_lock)
            {
                (gathered, _pending) = (_pending, []);
                subscribers = [.. _subscribers];
            }

            var batch = new ChangeBatch(gathered);
            await Task.WhenAll(subscribers.Select(subscriber => TellAsync(subscriber, batch))).ConfigureAwait(false);
            await Task.Delay(Interval, time, _ended.Token).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(Func<ChangeBatch, Task> subscriber, ChangeBatch batch)
    {
        try
        {
            await subscriber(batch).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ObjectDisposedException or OperationCanceledException)
        {
            // The page was closed meanwhile.
        }
        catch (Exception e)
        {
            LogSubscriberFailed(log, e);
        }
    }

    private void Add(FarmChange change)
    {
        lock (_lock)
        {
            if (_ended.IsCancellationRequested)
                return;

            _pending.Add(change);
            if (_some.CurrentCount == 0)
                _some.Release();
        }
    }

    private void Remove(Func<ChangeBatch, Task> subscriber)
    {
        lock (_lock)
            _subscribers.Remove(subscriber);
    }

    [LoggerMessage(LogLevel.Warning, "Dashboard change feed failed; restarting: {Reason}")]
    private static partial void LogWatchFailed(ILogger log, string reason);

    [LoggerMessage(LogLevel.Error, "A dashboard component failed to update.")]
    private static partial void LogSubscriberFailed(ILogger log, Exception reason);

    private sealed class Subscription(ChangeFeed feed, Func<ChangeBatch, Task> subscriber) : IDisposable
    {
        public void Dispose() => feed.Remove(subscriber);
    }
}
