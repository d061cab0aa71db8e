using System.IO.Compression;
using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>
/// Looks in a PNG that <see cref="ImageInspector"/> accepted for what the decoder does not survive: picture data that ends early makes it run
/// forever in an interlaced picture, and so do a second run of IDAT chunks and a pass without columns; an empty palette makes it read memory that is not its own.
/// </summary>
internal static class PngDecodeCheck
{
    private const int PaletteEntryBytes = 3;
    private const int LargestPaletteBytes = 256 * PaletteEntryBytes;

    /// <summary>Inflates the picture's data, as far as the header says that there is any, and keeps nothing of it.</summary>
    /// <returns>Where the picture's data ends. The decoder needs nothing of what follows.</returns>
    /// <exception cref="ImageFaultException">The picture is damaged.</exception>
    /// <exception cref="InvalidDataException">The picture's data is not compressed as PNG says.</exception>
    public static long Run(Stream file, CancellationToken cancellationToken)
    {
        var reader = new ImageReader(file);
        reader.Skip(PngStructure.Signature.Length + sizeof(uint) + sizeof(uint), "its header");
        var expected = ReadExpectedBytes(reader, out var needsPalette);

        var (length, type) = ReadChunkStart(reader);
        while (type != PngStructure.Data)
        {
            if (type == PngStructure.Palette)
            {
                if (length is 0 or > LargestPaletteBytes || length % PaletteEntryBytes != 0)
                    throw Damaged("the palette has an impossible length");
                needsPalette = false;
            }
            reader.Skip(length + sizeof(uint), "a chunk");
            (length, type) = ReadChunkStart(reader);
        }
        if (needsPalette)
            throw Damaged("there is no palette");

        using var data = new PngDataStream(reader, length);
        if (Inflate(data, expected, cancellationToken) < expected)
            throw Damaged("the picture's data is shorter than its header says");
        return data.SkipToEnd();
    }

    private static (long Length, uint Type) ReadChunkStart(ImageReader reader) =>
        (reader.UInt32("a chunk's length"), reader.UInt32("a chunk's name"));

    private static long ReadExpectedBytes(ImageReader reader, out bool needsPalette)
    {
        const string where = "its header";
        var (width, height) = ((int)reader.UInt32(where), (int)reader.UInt32(where));
        var (depth, colour) = (reader.Byte(where), reader.Byte(where));
        reader.Skip(2, where);
        var isInterlaced = reader.Byte(where) == 1;
        reader.Skip(sizeof(uint), where);
        needsPalette = colour == 3;
        var bits = PngStructure.BitsPerPixel(depth, colour);
        if (!isInterlaced)
            return Rows(width, height);
        if (width < 5)
            throw Damaged("it is interlaced and has fewer than 5 columns");
        return Pass(0, 0, 8, 8) + Pass(4, 0, 8, 8) + Pass(0, 4, 4, 8) + Pass(2, 0, 4, 4) + Pass(0, 2, 2, 4) + Pass(1, 0, 2, 2) + Pass(0, 1, 1, 2);

        // Each row has a byte for its filter in front.
        long Rows(long columns, long rows) => columns <= 0 ? 0 : Math.Max(0, rows) * (1 + (columns * bits + 7) / 8);

        long Pass(int left, int top, int across, int down) => Rows((width - left + across - 1) / across, (height - top + down - 1) / down);
    }

    private static long Inflate(PngDataStream data, long expected, CancellationToken cancellationToken)
    {
        using var inflated = new ZLibStream(data, CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[64 * 1024];
        long total = 0;
        int read;
        while (total < expected && (read = inflated.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            total += read;
        }
        return total;
    }

    private static ImageFaultException Damaged(string reason) => new(ImageFault.Damaged, reason);
}
