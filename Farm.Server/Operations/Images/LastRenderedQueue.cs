namespace Farm.Server.Operations.Images;

/// <summary>
/// Queues the newest image of each job, in the order in which the jobs were queued. Files of replaced images are deleted.
/// Thread-safe.
/// </summary>
internal sealed class LastRenderedQueue(ImageSettings settings)
{
    private readonly Lock _lock = new();
    private readonly ImageQuota _quota = new(settings);
    private readonly Dictionary<Guid, Entry> _waiting = [];
    private readonly Queue<Guid> _order = new();
    private readonly SemaphoreSlim _available = new(0);
    private long _sequence;
    private Work? _inWork;

    /// <summary>Images being received, queued or processed, including replaced ones, and their bytes.</summary>
    public (int Images, long Bytes) Load
    {
        get
        {
            lock (_lock)
                return (_quota.Images, _quota.Bytes);
        }
    }

    /// <summary>Reserves space for an image and returns its sequence number; null if the quota is used up.</summary>
    public long? Reserve(Guid job, long bytes)
    {
        lock (_lock)
            return _quota.TryReserve(job, bytes) ? ++_sequence : null;
    }

    /// <summary>Releases a reservation that did not lead to an image.</summary>
    public void Abandon(Guid job, long bytes)
    {
        lock (_lock)
            _quota.Release(job, 1, bytes);
    }

    /// <summary>Queues an image under its reservation, unless a newer one of the same job is already queued.</summary>
    public void Add(ReceivedImage image, long bytes)
    {
        string? replaced = null;
        lock (_lock)
        {
            if (_waiting.TryGetValue(image.JobId, out var entry))
            {
                replaced = entry.Image.Sequence < image.Sequence ? entry.Image.Path : image.Path;
                var newest = entry.Image.Sequence < image.Sequence ? image : entry.Image;
                _waiting[image.JobId] = new Entry(newest, entry.Images + 1, entry.Bytes + bytes);
            }
            else
            {
                _waiting[image.JobId] = new Entry(image, 1, bytes);
                _order.Enqueue(image.JobId);
                _available.Release();
            }
        }
        if (replaced is not null)
            File.Delete(replaced);
    }

    /// <summary>Waits for the next image and removes it from the queue; for one caller, one image at a time. <see cref="Work.Dispose"/> releases its reservation.</summary>
    public async Task<Work> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _available.WaitAsync(cancellationToken);
            lock (_lock)
            {
                // A dropped job is still in the order.
                if (_waiting.Remove(_order.Dequeue(), out var entry))
                    return _inWork = new Work(this, entry);
            }
        }
    }

    /// <summary>Discards the queued image of a job; completes when none of its images is being processed.</summary>
    public async Task DropAsync(Guid job)
    {
        Entry? dropped;
        Work? inWork;
        lock (_lock)
        {
            if (_waiting.Remove(job, out dropped))
                _quota.Release(job, dropped.Images, dropped.Bytes);
            inWork = _inWork?.Image.JobId == job ? _inWork : null;
        }
        if (dropped is not null)
            File.Delete(dropped.Image.Path);
        if (inWork is not null)
            await inWork.Ended;
    }

    /// <summary>The image being processed. Disposing deletes its file if it still exists and releases the reservation.</summary>
    internal sealed class Work(LastRenderedQueue queue, Entry entry) : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ReceivedImage Image => entry.Image;

        public Task Ended => _ended.Task;

        public void Dispose()
        {
            try
            {
                File.Delete(entry.Image.Path);
            }
            catch (IOException)
            {
                // Another program, such as a virus scanner, has it open; the next start removes it.
            }
            lock (queue._lock)
            {
                queue._quota.Release(entry.Image.JobId, entry.Images, entry.Bytes);
                queue._inWork = null;
            }
            _ended.SetResult();
        }
    }

    /// <summary>The newest image of a job, with the count and bytes of it and those it replaced.</summary>
    internal sealed record Entry(ReceivedImage Image, int Images, long Bytes);
}
