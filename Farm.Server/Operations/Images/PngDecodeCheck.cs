using System.IO.Compression;
using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>
/// Rejects PNGs that <see cref="ImageInspector"/> accepted but the decoder cannot handle safely. It never returns if the data of an interlaced image
/// ends early, if the IDAT chunks are not consecutive, or if a pass has no columns. With an empty palette it reads beyond its buffers.
/// </summary>
internal static class PngDecodeCheck
{
    private const int PaletteEntryBytes = 3;
    private const int LargestPaletteBytes = 256 * PaletteEntryBytes;

    /// <summary>Inflates the image data up to the size in the header and discards it.</summary>
    /// <returns>Where the image data ends. The decoder does not need the bytes after it.</returns>
    /// <exception cref="ImageFaultException">The image is damaged.</exception>
    /// <exception cref="InvalidDataException">The image data is not valid compressed data.</exception>
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

        // Each row starts with a filter byte.
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
