using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>What the taking in of rendered images may cost.</summary>
internal sealed record ImageSettings
{
    /// <summary>The root of the jobs' directories; images are received in <c>incoming/</c> below it, so that they are moved, not copied.</summary>
    public required string ArtifactsDirectory { get; init; }

    /// <summary>Images of the whole farm that are being received, wait, or are in work. Above it the answer is "full".</summary>
    public int MaxImages { get; init; } = 8;

    /// <summary>Of <see cref="MaxImages"/>, as many as one job may hold, so that a busy job does not cost the others their previews.</summary>
    public int MaxImagesPerJob { get; init; } = 4;

    /// <summary>Bytes of all these images together. One image is always let in, however long.</summary>
    public long MaxBytes { get; init; } = 100 * 1024 * 1024;

    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Bytes of memory that one image may take to be decoded and made smaller: at four bytes a pixel, about 130 megapixels.</summary>
    public long MaxDecodedBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>How long one image may take to be made smaller.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
