using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Farm.Tests.Operations.Images.Inspection;

/// <summary>Images made from scratch, so that each test can damage any part.</summary>
internal static class SampleImages
{
    /// <summary>A grey JPEG, 16 by 16 pixels.</summary>
    public static byte[] Jpeg() => Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAg+Pkk+SVVVVVVVVWRdZGhoaGRkZGRoaGhwcHCDg4NwcHBoaHBwfHyDg4+Tj4eHg4eTk5ubm7"
        + "q6srLZ2eD/////xABKAAEAAAAAAAAAAAAAAAAAAAAAAQEAAAAAAAAAAAAAAAAAAAAAEAEAAAAAAAAAAAAAAAAAAAAAEQEAAAAAAAAAAAAAAAAAAAAA/8AAEQgAEAAQAwEi"
        + "AAIRAAMRAP/aAAwDAQACEQMRAD8AAA//2Q==");

    /// <summary>A grey PNG, compressed as much as possible: a large image in a small file.</summary>
    public static byte[] Png(int width, int height, byte grey = 0x80) =>
        [.. PngSignature, .. Header(width, height), .. Chunk("IDAT", Pixels(width, height, grey)), .. Chunk("IEND", [])];

    public static byte[] PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>A PNG of any kind.</summary>
    /// <param name="header">From <see cref="Header"/>.</param>
    /// <param name="rows">The filtered rows before compression.</param>
    /// <param name="chunks">Chunks between the header and the image data.</param>
    public static byte[] Png(byte[] header, byte[] rows, params byte[][] chunks) =>
        [.. PngSignature, .. header, .. chunks.SelectMany(chunk => chunk), .. Chunk("IDAT", Pack(stream => stream.Write(rows))), .. Chunk("IEND", [])];

    public static byte[] Header(int width, int height, byte depth = 8, byte colour = 0, bool isInterlaced = false)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(data, width);
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = (depth, colour, (byte)(isInterlaced ? 1 : 0));
        return Chunk("IHDR", data);
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, BitByBitChecksum(body));
        return [.. length, .. body, .. checksum];
    }

    /// <summary>This many zeros, compressed to about a thousandth.</summary>
    public static byte[] PackedZeros(long count) => Pack(stream =>
    {
        var zeros = new byte[1024 * 1024];
        for (var left = count; left > 0; left -= zeros.Length)
            stream.Write(zeros.AsSpan(0, (int)Math.Min(left, zeros.Length)));
    });

    private static byte[] Pixels(int width, int height, byte grey) => Pack(stream =>
    {
        var row = new byte[width + 1];
        row.AsSpan(1).Fill(grey);
        for (var y = 0; y < height; y++)
            stream.Write(row);
    });

    private static byte[] Pack(Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            write(zlib);
        return packed.ToArray();
    }

    private static uint BitByBitChecksum(byte[] bytes)
    {
        var value = uint.MaxValue;
        foreach (var b in bytes)
        {
            value ^= b;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        }
        return ~value;
    }
}
