using System.Buffers.Binary;

namespace Farm.Server.Operations.Images.Inspection;

/// <summary>Reads the chunks of a PNG from IHDR to IEND and verifies their checksums.</summary>
internal static class PngStructure
{
    /// <summary>The type of the image data chunks: IDAT.</summary>
    public const uint Data = 0x49444154;

    /// <summary>The type of the palette chunk: PLTE.</summary>
    public const uint Palette = 0x504C5445;

    private const uint Header = 0x49484452;
    private const uint End = 0x49454E44;

    // The best ratio that deflate can reach; a header that needs a better one is false.
    private const long DeflateRatio = 1032;

    /// <summary>The first eight bytes of every PNG.</summary>
    public static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads what follows the signature.</summary>
    public static ImageVerdict Read(ImageReader reader, ImageLimits limits)
    {
        var (width, height, rawBytes) = ReadHeader(reader, limits);
        long dataBytes = 0;
        while (true)
        {
            var length = reader.UInt32("a chunk's length");
            var (type, name) = ReadType(reader, length);
            var checksum = StartChecksum(type);
            reader.Skip(length, $"chunk {name}", checksum);
            Verify(reader, checksum, name);
            if (type == Header)
                throw Damaged("there are two IHDR chunks");
            if (type == Data)
                dataBytes += length;
            if (type == End)
                break;
        }
        if (dataBytes == 0)
            throw Damaged("there is no IDAT chunk, so no picture");
        if (rawBytes / DeflateRatio > dataBytes)
            throw new ImageFaultException(
                ImageFault.TooLarge, $"the header says {width} x {height} pixels, but {dataBytes} bytes of data cannot hold them");
        return ImageVerdict.Good(ImageFormat.Png, width, height);
    }

    private static (int Width, int Height, long RawBytes) ReadHeader(ImageReader reader, ImageLimits limits)
    {
        const string where = "its header";
        if (reader.UInt32(where) != 13 || reader.UInt32(where) != Header)
            throw Damaged("it does not begin with an IHDR chunk");
        Span<byte> fields = stackalloc byte[13];
        foreach (ref var field in fields)
            field = reader.Byte(where);
        var checksum = StartChecksum(Header);
        checksum.Add(fields);
        Verify(reader, checksum, "IHDR");

        long width = BinaryPrimitives.ReadUInt32BigEndian(fields);
        long height = BinaryPrimitives.ReadUInt32BigEndian(fields[4..]);
        ImageInspector.CheckSize(width, height, limits);
        var bits = BitsPerPixel(depth: fields[8], colour: fields[9]);
        if (fields[10] != 0 || fields[11] != 0 || fields[12] > 1)
            throw Damaged("the header names an unknown compression, filter or interlace method");
        return ((int)width, (int)height, height * ((width * bits + 7) / 8));
    }

    /// <summary>Bits per pixel.</summary>
    /// <exception cref="ImageFaultException">PNG does not allow this combination.</exception>
    public static int BitsPerPixel(byte depth, byte colour) => (colour, depth) switch
    {
        (0, 1 or 2 or 4 or 8 or 16) => depth,
        (2, 8 or 16) => 3 * depth,
        (3, 1 or 2 or 4 or 8) => depth,
        (4, 8 or 16) => 2 * depth,
        (6, 8 or 16) => 4 * depth,
        _ => throw Damaged($"the header names colour type {colour} with {depth} bits, which PNG does not have"),
    };

    private static (uint Type, string Name) ReadType(ImageReader reader, uint length)
    {
        Span<char> name = stackalloc char[4];
        uint type = 0;
        foreach (ref var letter in name)
        {
            letter = (char)reader.Byte("a chunk's name");
            if (!char.IsAsciiLetter(letter))
                throw Damaged("a chunk's name is not made of letters");
            type = (type << 8) | letter;
        }
        if (length > int.MaxValue)
            throw Damaged($"chunk {name} claims to be longer than PNG allows");
        return (type, name.ToString());
    }

    private static Crc32 StartChecksum(uint type)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, type);
        var checksum = new Crc32();
        checksum.Add(bytes);
        return checksum;
    }

    private static void Verify(ImageReader reader, Crc32 checksum, string name)
    {
        if (reader.UInt32($"the checksum of chunk {name}") != checksum.Value)
            throw Damaged($"the checksum of chunk {name} is wrong");
    }

    private static ImageFaultException Damaged(string reason) => new(ImageFault.Damaged, reason);
}
