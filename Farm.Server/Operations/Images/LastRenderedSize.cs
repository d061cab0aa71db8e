namespace Farm.Server.Operations.Images;

/// <summary>One of the sizes in which a job's newest image is stored (Contracts/Flamenco/Contract.md section 3.9).</summary>
/// <param name="FileName">The file name in the job directory.</param>
/// <param name="MaxWidth">Maximum width in pixels.</param>
/// <param name="MaxHeight">Maximum height in pixels. Images are never enlarged.</param>
internal sealed record LastRenderedSize(string FileName, int MaxWidth, int MaxHeight)
{
    /// <summary>Largest first. The first file can also be an original that could not be decoded.</summary>
    public static IReadOnlyList<LastRenderedSize> All { get; } =
    [
        new("last-rendered.jpg", 1920, 1080),
        new("last-rendered-small.jpg", 600, 338),
        new("last-rendered-tiny.jpg", 200, 112),
    ];

    /// <summary>The target size in pixels: the original size, or the largest with the same aspect ratio that fits. No side becomes 0.</summary>
    public (int Width, int Height) Fit(int width, int height)
    {
        var scale = Math.Min(1, Math.Min((double)MaxWidth / width, (double)MaxHeight / height));
        return (Side(width), Side(height));

        int Side(int length) => Math.Max(1, (int)Math.Round(length * scale, MidpointRounding.AwayFromZero));
    }
}
