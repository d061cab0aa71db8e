namespace Farm.Server.Operations.Configuration;

/// <summary>Says whether a directory of this machine can be the storage that the farm and its workers share (Contracts/Flamenco/Contract.md section 6.1).</summary>
internal static class SharedStorageCheck
{
    /// <summary>Why the path cannot be used, as one sentence; null when it can.</summary>
    public static string? WhyNotAllowed(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) return "A path is needed.";
        if (path.StartsWith(@"\\", StringComparison.Ordinal) || path.StartsWith("//", StringComparison.Ordinal))
            return "A path like \\\\server\\share cannot be used: map it to a drive letter or a directory first.";
        if (path.Contains('\0') || !Path.IsPathFullyQualified(path)) return "The path must be a whole one, from the root or with a drive letter.";
        if (File.Exists(path)) return "This is a file; a directory is needed.";
        if (!Directory.Exists(path)) return "There is no such directory on the farm's machine.";
        return IsOwnDirectory(path)
            ? "This is the directory of the farm's own program; its files must not be mixed with those of jobs."
            : WriteProblem(path);
    }

    private static bool IsOwnDirectory(string path) =>
        Path.GetRelativePath(AppContext.BaseDirectory, path) is "." ||
        (Path.GetDirectoryName(Environment.ProcessPath) is { } program && Path.GetRelativePath(program, path) is ".");

    private static string? WriteProblem(string path)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(path, $".farm-{Path.GetRandomFileName()}"),
                new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose });
            return null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return "The farm cannot write to this directory.";
        }
    }
}
