namespace Farm.Server.Operations.Images.Inspection;

/// <summary>The two formats that a worker may send (contract Flamenco, 3.9).</summary>
internal enum ImageFormat
{
    Png,
    Jpeg,
}

/// <summary>Why an image is not taken.</summary>
internal enum ImageFault
{
    /// <summary>The first bytes are neither PNG's nor JPEG's; also an empty file. The format is what is wrong, whatever the label said.</summary>
    NotAnImage,

    /// <summary>The header promises more than <see cref="ImageLimits"/> allow, or more than its data can hold.</summary>
    TooLarge,

    /// <summary>The file begins as an image but is cut short or broken.</summary>
    Damaged,
}

/// <summary>How large an image may be once it is decoded; a file of a few bytes can promise any size.</summary>
/// <param name="MaxSide">Longest width or height, in pixels.</param>
/// <param name="MaxPixels">Largest width times height.</param>
internal sealed record ImageLimits(int MaxSide = 32_768, long MaxPixels = 300_000_000)
{
    public static ImageLimits Default { get; } = new();
}

/// <summary>What <see cref="ImageInspector"/> found: either a format and a size, or a fault and the reason in a sentence.</summary>
internal sealed record ImageVerdict
{
    private ImageVerdict(ImageFormat format, int width, int height, ImageFault? fault, string reason) =>
        (Format, Width, Height, Fault, Reason) = (format, width, height, fault, reason);

    /// <summary>True when the image may be used.</summary>
    public bool IsGood => Fault is null;

    /// <summary>Means something only when <see cref="IsGood"/>.</summary>
    public ImageFormat Format { get; }

    /// <summary>In pixels; 0 unless <see cref="IsGood"/>.</summary>
    public int Width { get; }

    /// <summary>In pixels; 0 unless <see cref="IsGood"/>.</summary>
    public int Height { get; }

    public ImageFault? Fault { get; }

    /// <summary>For the sender and the log; empty when <see cref="IsGood"/>. Never quotes the file.</summary>
    public string Reason { get; }

    public static ImageVerdict Good(ImageFormat format, int width, int height) => new(format, width, height, null, "");

    public static ImageVerdict Bad(ImageFault fault, string reason) => new(default, 0, 0, fault, reason);
}
