namespace Farm.Server.Hosting.Security;

/// <summary>A request body that counts in a <see cref="BodyMemory"/> what is read of it, until it is disposed.</summary>
internal sealed class CountedBody(Stream body, BodyMemory memory) : ReadOnlyStream
{
    private long _counted;

    /// <exception cref="Domain.FarmException">Too many bytes are held already.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await body.ReadAsync(buffer, cancellationToken);
        memory.Add(read);
        _counted += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("only read asynchronously, as the server demands");

    protected override void Dispose(bool disposing)
    {
        if (disposing) memory.Remove(Interlocked.Exchange(ref _counted, 0));
        base.Dispose(disposing);
    }
}
