using System.Threading.Channels;
using Farm.Server.Operations.Images;
using Farm.Server.Operations.Images.Inspection;
using Farm.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farm.Tests.Operations.Images;

/// <summary>The service with its own directory. Stored images can be awaited.</summary>
internal sealed class ImageFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Channel<ImageStored> _stored = Channel.CreateUnbounded<ImageStored>();

    public ImageFixture(
        Func<ImageSettings, ImageSettings>? change = null,
        Func<string, FileStream>? createFile = null,
        Func<ImageStored, Task>? whenStored = null,
        ILogger<LastRenderedImages>? log = null)
    {
        var settings = new ImageSettings { ArtifactsDirectory = _directory.Path };
        Service = new LastRenderedImages(
            change?.Invoke(settings) ?? settings,
            TimeProvider.System,
            async (stored, _) =>
            {
                if (whenStored is not null)
                    await whenStored(stored);
                _stored.Writer.TryWrite(stored);
            },
            log ?? NullLogger<LastRenderedImages>.Instance,
            createFile);
        Directory.CreateDirectory(Incoming);
    }

    public LastRenderedImages Service { get; }

    public Guid Job { get; } = Guid.CreateVersion7();

    public string Incoming => _directory["incoming"];

    public string FileOf(Guid job, int size = 0) =>
        Path.Combine(JobDirectory.Of(_directory.Path, job), LastRenderedSize.All[size].FileName);

    /// <summary>The size of a job's image, which must be a JPEG.</summary>
    public (int Width, int Height) SizeOf(Guid job, int size = 0)
    {
        using var file = File.OpenRead(FileOf(job, size));
        var verdict = ImageInspector.Inspect(file);
        Assert.True(verdict is { IsGood: true, Format: ImageFormat.Jpeg }, verdict.Reason);
        return (verdict.Width, verdict.Height);
    }

    public Task<ImageReceipt> SendAsync(byte[] image, Guid? job = null, Guid? task = null) =>
        Service.ReceiveAsync(job ?? Job, task, new MemoryStream(image), image.Length, CancellationToken.None);

    public Task<ImageStored> NextStoredAsync() => _stored.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public bool NothingMoreStored => !_stored.Reader.TryPeek(out _);

    public async ValueTask DisposeAsync()
    {
        await Service.StopAsync(CancellationToken.None);
        Service.Dispose();
        _directory.Dispose();
    }
}
