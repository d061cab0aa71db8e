using System.Buffers.Binary;
using System.IO.Compression;

namespace Farm.Server.Worker.Drawing;

/// <summary>Writes pictures as PNG: 8 bits each of red, green and blue, not interlaced.</summary>
internal static class PngWriter
{
    private const int BytesPerPixel = 3;
    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <param name="rgb">Three bytes for each pixel, row by row from the top left.</param>
    /// <exception cref="ArgumentException">There are not as many bytes as the size asks for.</exception>
    public static void Write(Stream to, int width, int height, ReadOnlySpan<byte> rgb)
    {
        if (rgb.Length != (long)width * height * BytesPerPixel) throw new ArgumentException("The picture's bytes do not match its size", nameof(rgb));
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits for each sample
        header[9] = 2; // red, green, blue

        to.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(to, "IHDR"u8, header);
        WriteChunk(to, "IDAT"u8, Compress(rgb, width * BytesPerPixel));
        WriteChunk(to, "IEND"u8, []);
    }

    private static byte[] Compress(ReadOnlySpan<byte> rgb, int stride)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            var best = new byte[stride + 1];
            var candidate = new byte[stride + 1];
            ReadOnlySpan<byte> above = new byte[stride];
            for (var start = 0; start < rgb.Length; start += stride)
            {
                var row = rgb.Slice(start, stride);
                var bestSum = long.MaxValue;
                for (byte filter = 0; filter <= 4; filter++)
                {
                    var sum = Filter(filter, row, above, candidate);
                    if (sum >= bestSum) continue;
                    bestSum = sum;
                    (best, candidate) = (candidate, best);
                }
                zlib.Write(best);
                above = row;
            }
        }
        return compressed.ToArray();
    }

    /// <summary>Fills in the filtered row, its filter's number in front.</summary>
    /// <returns>How far the bytes are from zero; the smaller, the better the row compresses.</returns>
    private static long Filter(byte filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, byte[] filtered)
    {
        filtered[0] = filter;
        long sum = 0;
        for (var i = 0; i < row.Length; i++)
        {
            var left = i < BytesPerPixel ? 0 : row[i - BytesPerPixel];
            var aboveLeft = i < BytesPerPixel ? 0 : above[i - BytesPerPixel];
            var predicted = filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], aboveLeft),
            };
            var difference = (byte)(row[i] - predicted);
            filtered[i + 1] = difference;
            sum += Math.Abs((int)(sbyte)difference);
        }
        return sum;
    }

    private static int Paeth(int left, int above, int aboveLeft)
    {
        var guess = left + above - aboveLeft;
        var toLeft = Math.Abs(guess - left);
        var toAbove = Math.Abs(guess - above);
        var toAboveLeft = Math.Abs(guess - aboveLeft);
        if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
        return toAbove <= toAboveLeft ? above : aboveLeft;
    }

    private static void WriteChunk(Stream to, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        to.Write(number);
        to.Write(type);
        to.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), content));
        to.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var value = n;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            table[n] = value;
        }
        return table;
    }
}
