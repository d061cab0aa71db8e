using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>How a job's newest image is found again for those who ask by its names.</summary>
internal static class LastRenderedFile
{
    /// <summary>
    /// The file to send for a path below the artifacts: itself, or for a missing smaller size the largest one, which is the original
    /// where it could not be decoded. Null when there is neither.
    /// </summary>
    public static string? Find(string path)
    {
        if (File.Exists(path))
            return path;
        var isSmaller = LastRenderedSize.All.Skip(1).Any(size => size.FileName == Path.GetFileName(path));
        var largest = Path.Combine(Path.GetDirectoryName(path) ?? "", LastRenderedSize.All[0].FileName);
        return isSmaller && File.Exists(largest) ? largest : null;
    }

    /// <summary><c>image/png</c> or <c>image/jpeg</c> by the file's first bytes (the name always says .jpg), else null.
    /// Leaves the stream at its beginning; it must be seekable.</summary>
    public static string? MediaType(Stream file)
    {
        Span<byte> start = stackalloc byte[8];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return ImageInspector.MediaType(start[..read]);
    }
}
