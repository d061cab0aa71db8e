namespace Farm.Server.Operations.Images.Inspection;

/// <summary>Follows the markers of a JPEG to its end marker.</summary>
internal static class JpegStructure
{
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    /// <summary>The start-of-image marker and the first byte of the marker that must follow it.</summary>
    public static ReadOnlySpan<byte> Signature => [0xFF, 0xD8, 0xFF];

    /// <summary>Reads what follows the signature.</summary>
    public static ImageVerdict Read(ImageReader reader, ImageLimits limits)
    {
        (int Width, int Height)? size = null;
        var scans = 0;
        var marker = MarkerAfterFill(reader);
        while (marker != EndOfImage)
        {
            if (marker is 0x00 or 0xD8)
                throw Damaged("two images, or none: a marker is out of place");
            if (IsFrame(marker))
                size = size is null ? ReadFrame(reader, limits) : throw Damaged("there are two frame headers");
            else if (!StandsAlone(marker))
                SkipSegment(reader);

            if (marker == StartOfScan)
            {
                if (size is null)
                    throw Damaged("the picture begins before its header");
                scans++;
                marker = MarkerAfterScan(reader);
            }
            else
            {
                marker = NextMarker(reader);
            }
        }
        if (size is not { } found || scans == 0)
            throw Damaged("it ends without a picture");
        return ImageVerdict.Good(ImageFormat.Jpeg, found.Width, found.Height);
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static bool StandsAlone(byte marker) => marker is 0x01 or (>= 0xD0 and <= 0xD7);

    private static (int Width, int Height) ReadFrame(ImageReader reader, ImageLimits limits)
    {
        const string where = "its header";
        var length = reader.UInt16(where);
        var precision = reader.Byte(where);
        var height = reader.UInt16(where);
        var width = reader.UInt16(where);
        var components = reader.Byte(where);
        if (components == 0 || length != 8 + 3 * components)
            throw Damaged("the frame header has a wrong length");
        if (precision is not (8 or 12 or 16))
            throw Damaged($"the frame header says {precision} bits, which JPEG does not have");
        ImageInspector.CheckSize(width, height, limits);
        reader.Skip(3L * components, where);
        return (width, height);
    }

    private static void SkipSegment(ImageReader reader)
    {
        var length = reader.UInt16("a segment's length");
        if (length < 2)
            throw Damaged("a segment has an impossible length");
        reader.Skip(length - 2, "a segment");
    }

    private static byte NextMarker(ImageReader reader)
    {
        if (reader.Byte("a marker") != 0xFF)
            throw Damaged("there is no marker where one must be");
        return MarkerAfterFill(reader);
    }

    private static byte MarkerAfterFill(ImageReader reader)
    {
        byte marker;
        do
            marker = reader.Byte("a marker");
        while (marker == 0xFF);
        return marker;
    }

    // In image data, 0xFF 0 is a data byte, and restart markers are part of the data.
    private static byte MarkerAfterScan(ImageReader reader)
    {
        byte marker;
        do
        {
            reader.SkipPast(0xFF, "the picture's data");
            marker = MarkerAfterFill(reader);
        }
        while (marker is 0x00 or (>= 0xD0 and <= 0xD7));
        return marker;
    }

    private static ImageFaultException Damaged(string reason) => new(ImageFault.Damaged, reason);
}
