using Farm.Server.Operations.Images.Inspection;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using CodecConfiguration = SixLabors.ImageSharp.Configuration;

namespace Farm.Server.Operations.Images;

/// <summary>
/// Decodes a PNG or JPEG that <see cref="ImageInspector"/> accepted. What the inspector leaves open and the decoder does not survive is
/// looked for first. The orientation that a camera wrote down is not followed: the sizes are those of the header.
/// </summary>
internal static class StillDecoder
{
    /// <summary>Decodes a file.</summary>
    /// <param name="verdict">What the inspector found.</param>
    /// <param name="memory">Where all buffers of the picture come from.</param>
    /// <exception cref="ImageFaultException">The picture is damaged, too large for the memory, or made in a way that is not decoded.</exception>
    /// <exception cref="ImageFormatException">The decoder says no, also where the memory does not suffice.</exception>
    public static Image Decode(Stream file, ImageVerdict verdict, BoundedAllocator memory, CancellationToken cancellationToken)
    {
        var isPng = verdict.Format == ImageFormat.Png;
        // Said before any of it is taken: the decoder takes a picture's memory piece by piece.
        if ((long)verdict.Width * verdict.Height * (isPng ? 4 : 3) > memory.Limit)
            throw new ImageFaultException(
                ImageFault.TooLarge, $"{verdict.Width} x {verdict.Height} pixels need more than {memory.Limit} bytes of memory");
        // No formats are registered: nothing is guessed from the content.
        var configuration = new CodecConfiguration { MemoryAllocator = memory, MaxDegreeOfParallelism = 1 };
        file.Position = 0;
        var length = isPng ? PngDecodeCheck.Run(file, cancellationToken) : JpegDecodeCheck.Run(file);
        file.Position = 0;
        using var input = new DecoderInput(file, length, cancellationToken);
        // Metadata would be inflated, without a limit, where it is compressed.
        return isPng
            ? new PngDecoder { IgnoreMetadata = true }.Decode<Rgba32>(configuration, input, cancellationToken)
            : new JpegDecoder { IgnoreMetadata = true }.Decode<Rgb24>(configuration, input, cancellationToken);
    }
}
