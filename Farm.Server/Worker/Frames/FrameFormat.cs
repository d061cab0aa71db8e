namespace Farm.Server.Worker.Frames;

/// <summary>Image formats of frames and their conversion for browsers.</summary>
internal static class FrameFormat
{
    /// <summary>The manager's limit (contract section 3.9), in bytes.</summary>
    public const int LargestUpload = 26_214_400;

    private static readonly HashSet<string> Convertible = new(StringComparer.OrdinalIgnoreCase)
    {
        ".exr", ".tif", ".tiff", ".webp", ".tga", ".bmp", ".hdr", ".dpx", ".jp2", ".png", ".jpg", ".jpeg",
    };

    /// <summary>The media type by magic number; null if it is neither PNG nor JPEG.</summary>
    public static string? MediaType(ReadOnlySpan<byte> image)
    {
        if (image.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return "image/png";
        return image.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg" : null;
    }

    public static bool CanConvert(string path) => Convertible.Contains(Path.GetExtension(path));

    /// <summary>ffmpeg's arguments to convert a frame to a JPEG of at most 1920 x 1080.</summary>
    public static IReadOnlyList<string> ToJpegArguments(string frame, string jpeg)
    {
        // OpenEXR is linear; without a transfer curve the image would be too dark.
        IReadOnlyList<string> input = Path.GetExtension(frame).Equals(".exr", StringComparison.OrdinalIgnoreCase) ? ["-apply_trc", "iec61966_2_1"] : [];
        return
        [
            "-hide_banner", "-loglevel", "error", "-nostdin", "-y", .. input, "-i", frame, "-frames:v", "1",
            "-vf", "scale=w='min(1920,iw)':h='min(1080,ih)':force_original_aspect_ratio=decrease", "-q:v", "3", jpeg,
        ];
    }
}
