namespace Farm.Server.Operations.Templates;

/// <summary>
/// Detects changes of templates: by file system events where available, and by periodic scans, which also work on network drives.
/// </summary>
internal sealed class TemplateWatch(TemplateFolder folder, TimeProvider time, ILogger<TemplateWatch> log) : BackgroundService
{
    private static readonly TimeSpan ScanInterval = TimeSpan.FromSeconds(2);

    /// <summary>How long a file must stay unchanged before it is read.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _changed = new(0);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var watcher = Watch();
        try
        {
            while (true)
            {
                var mayBeUnfinished = folder.Scan();
                await WaitAsync(mayBeUnfinished ? Settling : ScanInterval, listens: !mayBeUnfinished, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task WaitAsync(TimeSpan longest, bool listens, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var delay = Task.Delay(longest, time, over.Token);
        var next = listens ? await Task.WhenAny(delay, _changed.WaitAsync(over.Token)) : delay;
        await next;
        await over.CancelAsync();
        while (_changed.CurrentCount > 0) await _changed.WaitAsync(cancellationToken);
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            var watcher = new FileSystemWatcher(folder.FullPath) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, _) => _changed.Release();
            watcher.Created += (_, _) => _changed.Release();
            watcher.Deleted += (_, _) => _changed.Release();
            watcher.Renamed += (_, _) => _changed.Release();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception none) when (none is IOException or ArgumentException or UnauthorizedAccessException)
        {
            log.LogInformation("No file system events for {Folder} ({Reason}); scanning it every {Seconds} s", folder.FullPath, none.Message, ScanInterval.TotalSeconds);
            return null;
        }
    }
}
