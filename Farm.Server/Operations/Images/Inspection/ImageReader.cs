namespace Farm.Server.Operations.Images.Inspection;

/// <summary>An image is rejected. <see cref="ImageInspector"/> converts this to a verdict.</summary>
internal sealed class ImageFaultException(ImageFault fault, string reason) : Exception(reason)
{
    public ImageFault Fault { get; } = fault;
}

/// <summary>Reads an image front to back through a small buffer, so that its size costs no memory.</summary>
internal sealed class ImageReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private long _filled;

    /// <summary>The number of bytes read or skipped so far.</summary>
    public long Position => _filled - (_end - _start);

    /// <summary>Reads one byte. <paramref name="where"/> completes the sentence "the file ends in …".</summary>
    public byte Byte(string where)
    {
        if (_start == _end)
            Refill(where);
        return _buffer[_start++];
    }

    /// <summary>Reads a 16-bit big-endian number.</summary>
    public int UInt16(string where) => (Byte(where) << 8) | Byte(where);

    /// <summary>Reads a 32-bit big-endian number.</summary>
    public uint UInt32(string where) => ((uint)UInt16(where) << 16) | (uint)UInt16(where);

    /// <summary>Reads at least one byte into a buffer that is not empty.</summary>
    /// <returns>How many bytes were read.</returns>
    public int Read(Span<byte> buffer, string where)
    {
        if (_start == _end)
            Refill(where);
        var take = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, take).CopyTo(buffer);
        _start += take;
        return take;
    }

    /// <summary>Skips <paramref name="count"/> bytes, adding them to <paramref name="checksum"/> if given.</summary>
    public void Skip(long count, string where, Crc32? checksum = null)
    {
        while (count > 0)
        {
            if (_start == _end)
                Refill(where);
            var take = (int)Math.Min(count, _end - _start);
            checksum?.Add(_buffer.AsSpan(_start, take));
            _start += take;
            count -= take;
        }
    }

    /// <summary>Skips everything up to and including the next byte equal to <paramref name="value"/>.</summary>
    public void SkipPast(byte value, string where)
    {
        while (true)
        {
            if (_start == _end)
                Refill(where);
            var at = _buffer.AsSpan(_start, _end - _start).IndexOf(value);
            if (at >= 0)
            {
                _start += at + 1;
                return;
            }
            _start = _end;
        }
    }

    private void Refill(string where)
    {
        _start = 0;
        _end = stream.Read(_buffer, 0, _buffer.Length);
        _filled += _end;
        if (_end == 0)
            throw new ImageFaultException(ImageFault.Damaged, $"the file is cut short: it ends in {where}");
    }
}
