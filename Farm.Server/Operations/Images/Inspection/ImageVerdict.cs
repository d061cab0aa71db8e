namespace Farm.Server.Operations.Images.Inspection;

/// <summary>The image formats that a worker may send (Contracts/Flamenco/Contract.md section 3.9).</summary>
internal enum ImageFormat
{
    Png,
    Jpeg,
}

/// <summary>Why an image is rejected.</summary>
internal enum ImageFault
{
    /// <summary>The first bytes are not those of a PNG or JPEG, or the file is empty. The declared media type does not matter.</summary>
    NotAnImage,

    /// <summary>The header claims more than <see cref="ImageLimits"/> allow, or more than the data can contain.</summary>
    TooLarge,

    /// <summary>The file starts like an image but is truncated or corrupt.</summary>
    Damaged,
}

/// <summary>The maximum decoded size of an image; a file of a few bytes can claim any size.</summary>
/// <param name="MaxSide">Longest width or height, in pixels.</param>
/// <param name="MaxPixels">Largest width times height.</param>
internal sealed record ImageLimits(int MaxSide = 32_768, long MaxPixels = 300_000_000)
{
    public static ImageLimits Default { get; } = new();
}

/// <summary>The result of <see cref="ImageInspector"/>: a format and a size, or a fault and a reason.</summary>
internal sealed record ImageVerdict
{
    private ImageVerdict(ImageFormat format, int width, int height, ImageFault? fault, string reason) =>
        (Format, Width, Height, Fault, Reason) = (format, width, height, fault, reason);

    /// <summary>Whether the image may be used.</summary>
    public bool IsGood => Fault is null;

    /// <summary>Only valid if <see cref="IsGood"/>.</summary>
    public ImageFormat Format { get; }

    /// <summary>In pixels; 0 unless <see cref="IsGood"/>.</summary>
    public int Width { get; }

    /// <summary>In pixels; 0 unless <see cref="IsGood"/>.</summary>
    public int Height { get; }

    public ImageFault? Fault { get; }

    /// <summary>A sentence for the sender and the log, without any content of the file; empty if <see cref="IsGood"/>.</summary>
    public string Reason { get; }

    public static ImageVerdict Good(ImageFormat format, int width, int height) => new(format, width, height, null, "");

    public static ImageVerdict Bad(ImageFault fault, string reason) => new(default, 0, 0, fault, reason);
}
