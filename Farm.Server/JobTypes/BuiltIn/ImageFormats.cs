namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>Blender's image formats, by the names that its Python API gives them.</summary>
internal static class ImageFormats
{
    private static readonly HashSet<string> Videos = new(StringComparer.OrdinalIgnoreCase) { "FFMPEG", "AVI_RAW", "AVI_JPEG" };

    private static readonly HashSet<string> ExrLike =
        new(StringComparer.OrdinalIgnoreCase) { "OPEN_EXR", "OPEN_EXR_MULTILAYER", "EXR", "MULTILAYER" };

    /// <summary>Whether all frames go into one file, which several workers cannot share.</summary>
    public static bool IsVideo(string format) => Videos.Contains(format);

    /// <summary>Whether a video must be made of the previews beside the images, because FFmpeg cannot show these.</summary>
    public static bool IsExrLike(string format) => ExrLike.Contains(format);

    /// <summary>
    /// The name that Blender's <c>--render-format</c> knows. It has names of its own for some formats; given another, it
    /// says so, keeps the scene's format and goes on.
    /// </summary>
    public static string CommandLineName(string format) => format switch
    {
        "TARGA" => "TGA",
        "TARGA_RAW" => "RAWTGA",
        "JPEG2000" => "JP2",
        _ => format,
    };

    /// <summary>The file name extension that Blender adds, with its dot.</summary>
    public static string Extension(string format) => format switch
    {
        "JPEG" => ".jpg",
        "JPEG2000" => ".jp2",
        "TARGA" or "TARGA_RAW" => ".tga",
        "TIFF" => ".tif",
        "IRIS" => ".rgb",
        "CINEON" => ".cin",
        "OPEN_EXR" or "OPEN_EXR_MULTILAYER" => ".exr",
        _ => "." + format.ToLowerInvariant(),
    };
}
