using Farm.Server.Operations.Images.Inspection;

namespace Farm.Server.Operations.Images;

/// <summary>Finds the newest image of a job by its path.</summary>
internal static class LastRenderedFile
{
    /// <summary>
    /// The file to send for a path below the artifacts: the file itself or, if a smaller size is missing, the largest one, which is the original
    /// if it could not be decoded. Null if neither exists.
    /// </summary>
    public static string? Find(string path)
    {
        if (File.Exists(path))
            return path;
        var isSmaller = LastRenderedSize.All.Skip(1).Any(size => size.FileName == Path.GetFileName(path));
        var largest = Path.Combine(Path.GetDirectoryName(path) ?? "", LastRenderedSize.All[0].FileName);
        return isSmaller && File.Exists(largest) ? largest : null;
    }

    /// <summary><c>image/png</c> or <c>image/jpeg</c> from the file's first bytes (the name always ends in .jpg), else null.
    /// The stream must be seekable and is reset to its start.</summary>
    public static string? MediaType(Stream file)
    {
        Span<byte> start = stackalloc byte[8];
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return ImageInspector.MediaType(start[..read]);
    }
}
