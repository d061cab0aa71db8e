namespace Farm.Server.Worker.Processes;

/// <summary>Finds executables.</summary>
internal static class ExecutableFinder
{
    // Without .bat and .cmd, whose arguments Windows passes through a shell.
    private static readonly string[] Extensions = OperatingSystem.IsWindows() ? ["", ".exe", ".com"] : [""];

    /// <returns>The full path; null if it was not found.</returns>
    public static string? Find(string name) => Find(name, null, null);

    /// <returns>The full path; null if it was not found.</returns>
    /// <param name="name">A path, or a name to search for.</param>
    /// <param name="directory">The base of a relative path; null for the current directory.</param>
    /// <param name="path">The directories to search; null for the worker's PATH.</param>
    public static string? Find(string name, string? directory, string? path)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if (Path.GetFileName(name) != name)
            return Candidates(name).Select(candidate => Path.GetFullPath(candidate, directory ?? Environment.CurrentDirectory)).FirstOrDefault(IsExecutable);
        var directories = (path ?? Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return directories
            .SelectMany(directory => Candidates(Path.Combine(directory.Trim('"'), name)))
            .FirstOrDefault(IsExecutable);
    }

    private static IEnumerable<string> Candidates(string path) => Extensions.Select(extension => path + extension);

    private static bool IsExecutable(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
