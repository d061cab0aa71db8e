namespace Farm.Server.Operations.Images.Inspection;

/// <summary>
/// Checks whether a file is a complete PNG or JPEG within the size limits. Nothing is decoded, so that headers that claim
/// gigapixels never reach the decoder.
/// </summary>
internal static class ImageInspector
{
    /// <summary>
    /// Reads <paramref name="stream"/> from its position to the image's end. Bytes after the end are ignored, as decoders do.
    /// Never throws because of the content; an <see cref="IOException"/> of the stream is passed on.
    /// </summary>
    public static ImageVerdict Inspect(Stream stream, ImageLimits? limits = null)
    {
        try
        {
            return Read(new ImageReader(stream), limits ?? ImageLimits.Default);
        }
        catch (ImageFaultException fault)
        {
            return ImageVerdict.Bad(fault.Fault, fault.Message);
        }
    }

    /// <summary>The media type from the first bytes of a file: <c>image/png</c>, <c>image/jpeg</c>, or null for anything else.</summary>
    public static string? MediaType(ReadOnlySpan<byte> firstBytes) =>
        firstBytes.StartsWith(PngStructure.Signature) ? "image/png"
        : firstBytes.StartsWith(JpegStructure.Signature) ? "image/jpeg"
        : null;

    /// <summary>Throws when the size in a header exceeds the limits.</summary>
    public static void CheckSize(long width, long height, ImageLimits limits)
    {
        if (width <= 0 || height <= 0)
            throw new ImageFaultException(ImageFault.Damaged, $"the header says {width} x {height} pixels");
        if (width > limits.MaxSide || height > limits.MaxSide)
            throw new ImageFaultException(
                ImageFault.TooLarge, $"{width} x {height} pixels: no side may be longer than {limits.MaxSide}");
        if (width * height > limits.MaxPixels)
            throw new ImageFaultException(
                ImageFault.TooLarge, $"{width} x {height} pixels: more than {limits.MaxPixels} in all");
    }

    private static ImageVerdict Read(ImageReader reader, ImageLimits limits)
    {
        var expected = FirstByte(reader) switch
        {
            0x89 => PngStructure.Signature,
            0xFF => JpegStructure.Signature,
            _ => throw NotAnImage(),
        };
        foreach (var b in expected[1..])
        {
            if (reader.Byte("its first bytes") != b)
                throw NotAnImage();
        }
        return expected[0] == 0x89 ? PngStructure.Read(reader, limits) : JpegStructure.Read(reader, limits);
    }

    private static byte FirstByte(ImageReader reader)
    {
        try
        {
            return reader.Byte("its first byte");
        }
        catch (ImageFaultException)
        {
            throw new ImageFaultException(ImageFault.NotAnImage, "the file is empty");
        }
    }

    private static ImageFaultException NotAnImage() => new(ImageFault.NotAnImage, "the file is neither PNG nor JPEG");
}
