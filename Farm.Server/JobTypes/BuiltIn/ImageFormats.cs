namespace Farm.Server.JobTypes.BuiltIn;

/// <summary>Blender's image formats, by their names in its Python API.</summary>
internal static class ImageFormats
{
    private static readonly HashSet<string> Videos = new(StringComparer.OrdinalIgnoreCase) { "FFMPEG", "AVI_RAW", "AVI_JPEG" };

    private static readonly HashSet<string> ExrLike =
        new(StringComparer.OrdinalIgnoreCase) { "OPEN_EXR", "OPEN_EXR_MULTILAYER", "EXR", "MULTILAYER" };

    /// <summary>Whether all frames go into one file, so that several workers cannot render it.</summary>
    public static bool IsVideo(string format) => Videos.Contains(format);

    /// <summary>Whether a video must be made from the preview images, because FFmpeg cannot use the rendered ones.</summary>
    public static bool IsExrLike(string format) => ExrLike.Contains(format);

    /// <summary>
    /// The name for Blender's <c>--render-format</c>, which differs for some formats. Blender only warns about an unknown
    /// name and renders in the scene's format.
    /// </summary>
    public static string CommandLineName(string format) => format switch
    {
        "TARGA" => "TGA",
        "TARGA_RAW" => "RAWTGA",
        "JPEG2000" => "JP2",
        _ => format,
    };

    /// <summary>The file name extension that Blender adds, including the dot.</summary>
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
