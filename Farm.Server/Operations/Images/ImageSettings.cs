using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>Limits for receiving rendered images.</summary>
internal sealed record ImageSettings
{
    /// <summary>The root of the job directories. Images are received in <c>incoming/</c> below it, so that they can be moved instead of copied.</summary>
    public required string ArtifactsDirectory { get; init; }

    /// <summary>Whether several managers may use the directory at once.</summary>
    public bool IsShared { get; init; }

    /// <summary>Maximum number of images being received, queued or processed by this server. Further images are rejected as "full".</summary>
    public int MaxImages { get; init; } = 8;

    /// <summary>The share of <see cref="MaxImages"/> that one job may use, so that a busy job does not block previews of the others.</summary>
    public int MaxImagesPerJob { get; init; } = 4;

    /// <summary>Maximum total bytes of these images. A single image is always accepted, whatever its size.</summary>
    public long MaxBytes { get; init; } = 100 * 1024 * 1024;

    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Maximum memory in bytes for decoding and resizing one image; about 130 megapixels at four bytes per pixel.</summary>
    public long MaxDecodedBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>Maximum time to resize one image.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}
