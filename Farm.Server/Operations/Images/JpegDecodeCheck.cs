using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>
/// Rejects JPEGs that <see cref="ImageInspector"/> accepted but the decoder cannot handle safely. It overruns its buffers if a sequential
/// image has a scan after one with all components, or if sampling factors do not divide each other. If segments are not exactly as long as
/// declared, it finds markers where there are none.
/// </summary>
internal static class JpegDecodeCheck
{
    // Encoders write about ten. Each scan costs a pass over the whole image, however little data it has.
    private const int MaxScans = 100;

    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte Progressive = 0xC2;

    /// <summary>Checks the segments.</summary>
    /// <returns>Where the image ends. The decoder does not need the bytes after it.</returns>
    /// <exception cref="ImageFaultException">The image is damaged or uses an unsupported encoding.</exception>
    public static long Run(Stream file)
    {
        var reader = new ImageReader(file);
        reader.Skip(2, "its first bytes");
        var components = 0;
        var scans = 0;
        var isProgressive = false;
        var mustEnd = false;
        var marker = NextMarker(reader);
        while (marker != EndOfImage)
        {
            if (mustEnd)
                throw NotDecoded("there is data after the image");
            var length = reader.UInt16("a segment's length") - 2;
            switch (marker)
            {
                case 0xC0 or 0xC1 or Progressive:
                    isProgressive = marker == Progressive;
                    components = ReadFrame(reader, length);
                    break;
                case StartOfScan:
                    var ofScan = reader.Byte("a scan's header");
                    reader.Skip(length - 1, "a scan's header");
                    if (++scans > MaxScans)
                        throw NotDecoded("it has too many scans");
                    mustEnd = !isProgressive && ofScan == components;
                    marker = MarkerAfterScan(reader);
                    continue;
                case 0xC4:
                    CheckTables(reader, length, HuffmanTableBytes);
                    break;
                case 0xDB:
                    CheckTables(reader, length, QuantizationTableBytes);
                    break;
                case 0xDD or 0xFE or (>= 0xE0 and <= 0xEF):
                    reader.Skip(length, "a segment");
                    break;
                default:
                    throw NotDecoded($"it has a segment of type {marker:X2}");
            }
            marker = NextMarker(reader);
        }
        return reader.Position;
    }

    private static int ReadFrame(ImageReader reader, int length)
    {
        const string where = "its header";
        reader.Skip(5, where);
        var components = reader.Byte(where);
        if (components is not (1 or 3 or 4))
            throw NotDecoded($"it has {components} components");
        for (var i = 0; i < components; i++)
        {
            reader.Skip(1, where);
            var factors = reader.Byte(where);
            // The standard allows 3, but nobody uses it.
            if ((factors >> 4) is not (1 or 2 or 4) || (factors & 15) is not (1 or 2 or 4))
                throw NotDecoded("its sampling factors are none of 1, 2 and 4");
            reader.Skip(1, where);
        }
        return components;
    }

    /// <summary>Skips a segment that must consist of complete tables.</summary>
    private static void CheckTables(ImageReader reader, int length, Func<ImageReader, int> readTable)
    {
        while (length > 0)
            length -= readTable(reader);
        if (length < 0)
            throw NotDecoded("a segment of tables has a wrong length");
    }

    private static int HuffmanTableBytes(ImageReader reader)
    {
        const string where = "a Huffman table";
        reader.Skip(1, where);
        var values = 0;
        for (var i = 0; i < 16; i++)
            values += reader.Byte(where);
        if (values > 256)
            throw NotDecoded("a Huffman table is too long");
        reader.Skip(values, where);
        return 17 + values;
    }

    private static int QuantizationTableBytes(ImageReader reader)
    {
        const string where = "a quantization table";
        var bytes = reader.Byte(where) >> 4 == 0 ? 64 : 128;
        reader.Skip(bytes, where);
        return 1 + bytes;
    }

    private static byte NextMarker(ImageReader reader)
    {
        const string where = "a marker";
        if (reader.Byte(where) != 0xFF)
            throw NotDecoded("there is no marker where one must be");
        return reader.Byte(where);
    }

    private static byte MarkerAfterScan(ImageReader reader)
    {
        const string where = "the picture's data";
        byte marker;
        do
        {
            reader.SkipPast(0xFF, where);
            marker = reader.Byte(where);
        }
        while (marker is 0x00 or (>= 0xD0 and <= 0xD7));
        return marker;
    }

    private static ImageFaultException NotDecoded(string reason) => new(ImageFault.Damaged, reason);
}
