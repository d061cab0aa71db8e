namespace Farm.Server.Operations.Images;

/// <summary>
/// The part of a file that a decoder may read. Reading throws after cancellation, because not every decoder checks a cancellation
/// token.
/// </summary>
/// <param name="length">Bytes from the start of the file; the decoder cannot read beyond them.</param>
internal sealed class DecoderInput(Stream file, long length, CancellationToken cancellationToken) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    /// <exception cref="OperationCanceledException">Decoding was cancelled.</exception>
    public override int Read(Span<byte> buffer)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var left = Math.Max(0, length - file.Position);
        return file.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
