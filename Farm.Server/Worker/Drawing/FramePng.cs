using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace Farm.Server.Worker.Drawing;

/// <summary>Writes RGB frames as PNG with 8 bits per channel, not interlaced, without metadata.</summary>
internal static class FramePng
{
    private const int BytesPerPixel = 3;

    private static readonly PngEncoder Encoder = new()
    {
        ColorType = PngColorType.Rgb,
        BitDepth = PngBitDepth.Bit8,
        FilterMethod = PngFilterMethod.Adaptive,
        ChunkFilter = PngChunkFilter.ExcludeAll,
    };

    /// <summary>Writes one frame.</summary>
    /// <param name="rgb">Three bytes for each pixel, row by row from the top left.</param>
    /// <exception cref="ArgumentException">The number of bytes does not match the size.</exception>
    public static void Write(Stream to, int width, int height, byte[] rgb)
    {
        if (rgb.Length != (long)width * height * BytesPerPixel) throw new ArgumentException("The picture's bytes do not match its size", nameof(rgb));
        using var picture = Image.WrapMemory<Rgb24>(new Configuration(), rgb.AsMemory(), width, height);
        picture.Save(to, Encoder);
    }
}
