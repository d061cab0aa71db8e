using System.Net;
using System.Net.Http.Headers;

namespace Farm.Tests.Contracts.Flamenco;

/// <summary>A body whose headers are sent at once, and whose bytes (all 0) only when a test says so.</summary>
internal sealed class BlockedContent : HttpContent
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _length;

    public BlockedContent(int length, string mediaType)
    {
        _length = length;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    /// <summary>Sends the bytes.</summary>
    public void GoOn() => _goOn.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.FlushAsync();
        await _goOn.Task;
        await stream.WriteAsync(new byte[_length]);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        _goOn.TrySetCanceled();
        base.Dispose(disposing);
    }
}
