namespace Farm.Server.Hosting.Requests;

/// <summary>
/// A response body that is held back until it has been kept. One that becomes too long for that goes to the client as it is written.
/// </summary>
/// <param name="client">Where it goes.</param>
internal sealed class HeldAnswer(Stream client) : Stream
{
    /// <summary>The most bytes that are held.</summary>
    public const int Limit = 1024 * 1024;

    private MemoryStream? _held = new();

    /// <summary>The whole body; null if it became too long.</summary>
    public byte[]? Held => _held?.ToArray();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_held is { } held)
        {
            if (held.Length + buffer.Length <= Limit)
            {
                held.Write(buffer.Span);
                return;
            }

            await ReleaseAsync(cancellationToken);
        }

        await client.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _held is null ? client.FlushAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Sends what is held.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (_held is not { } held) return;
        _held = null;
        held.Position = 0;
        await held.CopyToAsync(client, cancellationToken);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("only written asynchronously, as the server demands");
}
