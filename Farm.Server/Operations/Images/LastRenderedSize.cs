namespace Farm.Server.Operations.Images;

/// <summary>One of the sizes that a job's newest image is kept in (contract Flamenco, 3.9).</summary>
/// <param name="FileName">In the job's directory.</param>
/// <param name="MaxWidth">The image is made to fit into this many pixels …</param>
/// <param name="MaxHeight">… by this many, and never made larger.</param>
internal sealed record LastRenderedSize(string FileName, int MaxWidth, int MaxHeight)
{
    /// <summary>Largest first. The first name also holds an original that could not be decoded.</summary>
    public static IReadOnlyList<LastRenderedSize> All { get; } =
    [
        new("last-rendered.jpg", 1920, 1080),
        new("last-rendered-small.jpg", 600, 338),
        new("last-rendered-tiny.jpg", 200, 112),
    ];

    /// <summary>The size in pixels that an image gets: its own, or the largest of the same shape that fits. No side becomes 0.</summary>
    public (int Width, int Height) Fit(int width, int height)
    {
        var scale = Math.Min(1, Math.Min((double)MaxWidth / width, (double)MaxHeight / height));
        return (Side(width), Side(height));

        int Side(int length) => Math.Max(1, (int)Math.Round(length * scale, MidpointRounding.AwayFromZero));
    }
}
