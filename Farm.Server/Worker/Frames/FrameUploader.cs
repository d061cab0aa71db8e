using System.Threading.Channels;
using Farm.Server.Worker.Processes;
using Farm.Server.Worker.Protocol;
using Farm.Server.Worker.Updates;

namespace Farm.Server.Worker.Frames;

/// <summary>
/// Uploads the newest finished frame of a task (contract section 3.9), one at a time and without retries. Failures do not affect the task.
/// </summary>
internal sealed class FrameUploader : IAsyncDisposable
{
    private static readonly TimeSpan LongestConversion = TimeSpan.FromSeconds(60);

    private readonly Channel<string> _newest =
        Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly ManagerClient _manager;
    private readonly ProcessRunner _processes;
    private readonly TaskReference _task;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _work;

    public FrameUploader(ManagerClient manager, ProcessRunner processes, TaskReference task, TimeProvider time, ILogger<FrameUploader> logger)
    {
        _manager = manager;
        _processes = processes;
        _task = task;
        _time = time;
        _logger = logger;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Queues a finished frame, replacing an earlier one. Returns at once.</summary>
    public void Offer(string path) => _newest.Writer.TryWrite(path);

    /// <summary>Waits until the newest frame is uploaded, at most <paramref name="timeout"/>.</summary>
    public async Task DrainAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _newest.Writer.TryComplete();
        await Task.WhenAny(_work, Task.Delay(timeout, _time, cancellationToken));
    }

    /// <summary>Cancels pending uploads.</summary>
    public async ValueTask DisposeAsync()
    {
        _newest.Writer.TryComplete();
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var path in _newest.Reader.ReadAllAsync(_stop.Token)) await ShowAsync(path, _stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Canceled.
        }
    }

    private async Task ShowAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            if (await ReadAsync(path, cancellationToken) is not { } image) return;
            var answer = await _manager.OutputProducedAsync(_task.TaskId, _task.Attempt, image.Bytes, image.MediaType, cancellationToken);
            if (!answer.IsSuccess) _logger.LogWarning("The manager refused frame {Path}: {Answer}", path, answer);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _logger.LogWarning("Cannot upload frame {Path}: {Problem}", path, e.Message);
        }
    }

    private async Task<(byte[] Bytes, string MediaType)?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path) is { Exists: true, Length: <= FrameFormat.LargestUpload })
        {
            var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
            if (FrameFormat.MediaType(bytes) is { } mediaType) return (bytes, mediaType);
        }
        return FrameFormat.CanConvert(path) && ExecutableFinder.Find("ffmpeg") is { } ffmpeg
            ? await ConvertAsync(ffmpeg, path, cancellationToken)
            : null;
    }

    private async Task<(byte[], string)?> ConvertAsync(string ffmpeg, string frame, CancellationToken cancellationToken)
    {
        var jpeg = Path.Combine(Path.GetTempPath(), $"farm-frame-{Guid.NewGuid():N}.jpg");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(LongestConversion);
        var problem = "";
        try
        {
            var mark = Guid.NewGuid().ToString("N");
            var arguments = FrameFormat.ToJpegArguments(frame, jpeg);
            var exitCode = await _processes.RunAsync(ffmpeg, arguments, mark, RememberAsync, deadline.Token);
            if (exitCode == 0) return (await File.ReadAllBytesAsync(jpeg, cancellationToken), "image/jpeg");
            _logger.LogWarning("Cannot upload frame {Path}: ffmpeg failed: {Problem}", frame, problem);
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.LogWarning("Cannot upload frame {Path}: ffmpeg timed out", frame);
            return null;
        }
        finally
        {
            File.Delete(jpeg);
        }

        Task RememberAsync(OutputLine line)
        {
            problem = line.Text;
            return Task.CompletedTask;
        }
    }
}
