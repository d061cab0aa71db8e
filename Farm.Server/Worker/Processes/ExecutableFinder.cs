namespace Farm.Server.Worker.Processes;

/// <summary>Finds the program that a command names.</summary>
internal static class ExecutableFinder
{
    // Scripts (.bat, .cmd) are left out on purpose: Windows hands their arguments to a shell.
    private static readonly string[] Extensions = OperatingSystem.IsWindows() ? ["", ".exe", ".com"] : [""];

    /// <returns>The full path, or null if there is no such program here.</returns>
    public static string? Find(string name) => Find(name, null, null);

    /// <returns>The full path, or null if there is no such program there.</returns>
    /// <param name="name">A path, or a name to be looked for.</param>
    /// <param name="directory">Where a path starts that does not say; null for the current directory.</param>
    /// <param name="path">Where names are looked for; null for the worker's own PATH.</param>
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
