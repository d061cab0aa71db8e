using System.Net;
using System.Net.Http.Headers;

namespace Farm.Server.CommandLine;

/// <summary>A file as the body of a request that may have to be sent again. The file stays open.</summary>
internal sealed class RepeatableContent : HttpContent
{
    private readonly Stream _file;

    /// <param name="file">The file; sent from its beginning.</param>
    public RepeatableContent(Stream file)
    {
        _file = file;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _file.Position = 0;
        return _file.CopyToAsync(stream, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Length;
        return true;
    }
}
