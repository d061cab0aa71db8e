namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>
/// An unpacked archive whose contents, apart from files that are taken out, may only be so long: the headers of a .tar can name and skip gigabytes
/// that are a few bytes when packed.
/// </summary>
/// <param name="archive">The unpacked archive.</param>
internal sealed class HeaderBudget(Stream archive) : ReadOnlyStream
{
    private const long MaxBytes = 8 * 1024 * 1024;

    private long _read;

    /// <summary>Whether a file is taken out, whose bytes are counted elsewhere.</summary>
    public bool IsInFile { get; set; }

    /// <exception cref="InvalidDataException">More was read than headers may have.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Counted(await archive.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <exception cref="InvalidDataException">More was read than headers may have.</exception>
    public override int Read(Span<byte> buffer) => Counted(archive.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    private int Counted(int read)
    {
        if (!IsInFile && (_read += read) > MaxBytes)
            throw new InvalidDataException($"what is beside the files, such as their names and links, is longer than {MaxBytes} bytes");
        return read;
    }
}
