namespace Farm.Server.Operations.Configuration;

/// <summary>Checks whether a directory of the server can be the shared storage (Contracts/Flamenco/Contract.md section 6.1).</summary>
internal static class SharedStorageCheck
{
    /// <summary>Why the path cannot be used, in one sentence; null if it can.</summary>
    public static string? WhyNotAllowed(string path)
    {
        if (string.IsNullOrWhiteSpace(path)) return "A path is required.";
        if (path.StartsWith(@"\\", StringComparison.Ordinal) || path.StartsWith("//", StringComparison.Ordinal))
            return "A path like \\\\server\\share cannot be used; map it to a drive letter or a directory first.";
        if (path.Contains('\0') || !Path.IsPathFullyQualified(path)) return "The path must be absolute.";
        if (File.Exists(path)) return "This is a file, not a directory.";
        if (!Directory.Exists(path)) return "Directory not found on the server.";
        return IsOwnDirectory(path)
            ? "This is the directory of the farm program; choose another one for the files of jobs."
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
