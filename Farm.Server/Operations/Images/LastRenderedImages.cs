using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>
/// Receives images from workers (Contracts/Flamenco/Contract.md section 3.9) and publishes the newest of each job. Requests wait only until
/// the bytes are received and checked. One background worker makes the smaller sizes, so that a burst of images does not use up
/// memory or processors.
/// </summary>
/// <param name="time">Measures how long an image takes.</param>
/// <param name="stored">Called after the files are stored, one call at a time. Exceptions are logged.</param>
/// <param name="createFile">How a received file is created; the default is a new file at the path.</param>
internal sealed class LastRenderedImages(
    ImageSettings settings,
    TimeProvider time,
    Func<ImageStored, CancellationToken, Task> stored,
    ILogger<LastRenderedImages> log,
    Func<string, FileStream>? createFile = null) : BackgroundService
{
    /// <summary>How long a received image may wait when it may be that of another manager.</summary>
    private static readonly TimeSpan UnfinishedAge = TimeSpan.FromDays(1);

    private readonly LastRenderedQueue _queue = new(settings);
    private readonly PreviewMaker _previews = new(settings, time);
    private readonly string _incoming = Path.Combine(settings.ArtifactsDirectory, "incoming");
    private readonly Func<string, FileStream> _createFile = createFile ?? CreateFile;

    /// <summary>Images being received, queued or processed, and their bytes; for metrics.</summary>
    public (int Images, long Bytes) Load => _queue.Load;

    /// <summary>
    /// Receives an image of <paramref name="length"/> bytes (the announced length; the caller has checked it against the contract's
    /// limit). Space in the quota is reserved before the first byte is read. Throws <see cref="StorageFullException"/> if the disk is full; the
    /// received bytes are then removed, as after any other failure.
    /// </summary>
    public async Task<ImageReceipt> ReceiveAsync(Guid job, Guid? task, Stream body, long length, CancellationToken cancellationToken)
    {
        if (_queue.Reserve(job, length) is not { } sequence)
            return new ImageReceipt(ImageOutcome.Full, "too many images are being processed; send the next one later");
        var path = Path.Combine(_incoming, $"{job:D}-{sequence}-{Guid.NewGuid():N}");
        var kept = false;
        try
        {
            if (await ReceiveFileAsync(path, body, length, cancellationToken) < length)
                return new ImageReceipt(ImageOutcome.Incomplete, "the image is shorter than its Content-Length");
            var verdict = Inspect(path);
            if (!verdict.IsGood)
                return new ImageReceipt(ImageOutcome.Rejected, verdict.Reason, verdict.Fault);
            kept = true;
            _queue.Add(new ReceivedImage(job, task, path, verdict, sequence), length);
            return new ImageReceipt(ImageOutcome.Accepted);
        }
        catch (IOException e) when (StorageFullException.Matches(e))
        {
            throw new StorageFullException("a rendered image", e);
        }
        finally
        {
            if (!kept)
            {
                File.Delete(path);
                _queue.Abandon(job, length);
            }
        }
    }

    /// <summary>Discards the queued image of a job and waits for the one being processed. Afterwards nothing is written for the job
    /// unless a new image is received.</summary>
    public Task DropAsync(Guid job) => _queue.DropAsync(job);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Left by a crash; it is unknown to which job these files belong.
        if (settings.IsShared)
            RemoveAbandoned();
        else if (Directory.Exists(_incoming))
            Directory.Delete(_incoming, recursive: true);
        FolderAccess.CreateDirectory(_incoming);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                using var work = await _queue.TakeAsync(cancellationToken);
                await ProcessAsync(work.Image, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Otherwise the host would report a failed start as a failure of this service.
        }
    }

    private async Task ProcessAsync(ReceivedImage image, CancellationToken cancellationToken)
    {
        try
        {
            // Decoding is synchronous and would block the caller's thread.
            var problem = await Task.Run(() => _previews.Store(image, cancellationToken), CancellationToken.None);
            if (problem is not null)
                log.LogWarning("The image of job {Job} cannot be decoded and is shown unchanged: {Problem}", image.JobId, problem);
            await stored(new ImageStored(image.JobId, image.TaskId), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            log.LogError("The image of job {Job} was lost: {Problem}", image.JobId, e.Message);
        }
    }

    private void RemoveAbandoned()
    {
        if (!Directory.Exists(_incoming))
            return;
        var before = (time.GetUtcNow() - UnfinishedAge).UtcDateTime;
        foreach (var file in new DirectoryInfo(_incoming).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before))
            file.Delete();
    }

    private async Task<long> ReceiveFileAsync(string path, Stream body, long length, CancellationToken cancellationToken)
    {
        await using var file = _createFile(path);
        var buffer = new byte[64 * 1024];
        long total = 0;
        int read;
        while (total < length && (read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - total)), cancellationToken)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            total += read;
        }
        return total;
    }

    private ImageVerdict Inspect(string path)
    {
        using var file = File.OpenRead(path);
        return ImageInspector.Inspect(file, settings.Limits);
    }

    // Unbuffered: writes are large, and a full disk then fails the write instead of the close.
    private static FileStream CreateFile(string path)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        FolderAccess.Follow(path);
        return file;
    }
}
