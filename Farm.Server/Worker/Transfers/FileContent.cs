using System.Net;
using System.Security.Cryptography;
using Farm.Server.Worker.Protocol;

namespace Farm.Server.Worker.Transfers;

/// <summary>A file as a request body, streamed and hashed while it is sent.</summary>
internal sealed class FileContent : HttpContent
{
    private const int PieceBytes = 256 * 1024;

    private readonly FileStream _file;
    private readonly TransferDeadline _deadline;

    /// <exception cref="IOException">The file cannot be read.</exception>
    public FileContent(string path, TransferDeadline deadline)
    {
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan);
        _deadline = deadline;
        Headers.ContentLength = _file.Length;
    }

    /// <summary>The SHA-256 of the sent content in hex; null until all was sent.</summary>
    public string? Sha256 { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PieceBytes];
        int read;
        while ((read = await _file.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            _deadline.Moved();
        }
        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        _deadline.Sent();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
