using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>The contents of consecutive IDAT chunks, one after the other.</summary>
/// <param name="reader">Positioned at the content of the first chunk.</param>
/// <param name="length">The length of the first chunk in bytes.</param>
internal sealed class PngDataStream(ImageReader reader, long length) : ReadOnlyStream
{
    private const string Where = "the picture's data";
    private long _left = length;
    private long? _end;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || !HasMore())
            return 0;
        var read = reader.Read(buffer[..(int)Math.Min(buffer.Length, _left)], Where);
        _left -= read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Skips the remaining data.</summary>
    /// <returns>The position in the file after the last chunk.</returns>
    public long SkipToEnd()
    {
        while (HasMore())
        {
            reader.Skip(_left, Where);
            _left = 0;
        }
        return _end!.Value;
    }

    private bool HasMore()
    {
        while (_left == 0 && _end is null)
        {
            reader.Skip(sizeof(uint), Where);
            var end = reader.Position;
            _left = reader.UInt32(Where);
            if (reader.UInt32(Where) == PngStructure.Data)
                continue;
            (_end, _left) = (end, 0);
        }
        return _left > 0;
    }
}
