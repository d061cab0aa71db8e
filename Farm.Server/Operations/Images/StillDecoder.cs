using Farm.Server.Operations.Images.Inspection;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using CodecConfiguration = SixLabors.ImageSharp.Configuration;

namespace Farm.Server.Operations.Images;

/// <summary>
/// Decodes a PNG or JPEG that <see cref="ImageInspector"/> accepted. Files that the decoder cannot handle safely are
/// rejected first. The orientation from a camera is ignored: sizes are those of the header.
/// </summary>
internal static class StillDecoder
{
    /// <summary>Decodes a file.</summary>
    /// <param name="verdict">The result of the inspection.</param>
    /// <param name="memory">Allocates all buffers of the image.</param>
    /// <exception cref="ImageFaultException">The image is damaged, needs too much memory, or uses an unsupported encoding.</exception>
    /// <exception cref="ImageFormatException">The decoder failed or ran out of memory.</exception>
    public static Image Decode(Stream file, ImageVerdict verdict, BoundedAllocator memory, CancellationToken cancellationToken)
    {
        var isPng = verdict.Format == ImageFormat.Png;
        // Checked before decoding, because the decoder allocates step by step.
        if ((long)verdict.Width * verdict.Height * (isPng ? 4 : 3) > memory.Limit)
            throw new ImageFaultException(
                ImageFault.TooLarge, $"{verdict.Width} x {verdict.Height} pixels need more than {memory.Limit} bytes of memory");
        // No formats are registered, so that the format is not guessed from the content.
        var configuration = new CodecConfiguration { MemoryAllocator = memory, MaxDegreeOfParallelism = 1 };
        file.Position = 0;
        var length = isPng ? PngDecodeCheck.Run(file, cancellationToken) : JpegDecodeCheck.Run(file);
        file.Position = 0;
        using var input = new DecoderInput(file, length, cancellationToken);
        // Compressed metadata would be inflated without a limit.
        return isPng
            ? new PngDecoder { IgnoreMetadata = true }.Decode<Rgba32>(configuration, input, cancellationToken)
            : new JpegDecoder { IgnoreMetadata = true }.Decode<Rgb24>(configuration, input, cancellationToken);
    }
}
