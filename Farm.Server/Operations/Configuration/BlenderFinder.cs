namespace Farm.Server.Operations.Configuration;

/// <summary>How a Blender was found.</summary>
internal enum BlenderSource
{
    /// <summary>It lies on the PATH.</summary>
    PathVariable,

    /// <summary>It is the file that was named.</summary>
    Named,
}

/// <summary>A Blender that was looked for.</summary>
/// <param name="Input">What was looked for.</param>
/// <param name="Path">The file; empty when it cannot be used.</param>
/// <param name="Source">How it was found.</param>
/// <param name="WhyNotAllowed">Why it cannot be used; empty when it can.</param>
internal sealed record FoundBlender(string Input, string Path, BlenderSource Source, string WhyNotAllowed);

/// <summary>
/// Looks for Blender on the farm's own machine. Nothing is ever run to find out: what would be run is what the client named
/// (Contracts/Flamenco/Contract.md sections 6.1 and 12.5).
/// </summary>
/// <param name="path">The PATH of this process.</param>
internal sealed class BlenderFinder(string? path)
{
    private static readonly string Usual = OperatingSystem.IsWindows() ? "blender.exe" : "blender";

    /// <summary>The Blender that is on the PATH; none when it is not.</summary>
    public IReadOnlyList<FoundBlender> Find() =>
        OnPath(Usual) is { } found ? [new FoundBlender(Usual, found, BlenderSource.PathVariable, "")] : [];

    /// <summary>Whether a file, or a name on the PATH, is there and can be run.</summary>
    public FoundBlender Check(string input)
    {
        var isName = input.Length > 0 && Path.GetFileName(input) == input;
        var source = isName ? BlenderSource.PathVariable : BlenderSource.Named;
        if (string.IsNullOrWhiteSpace(input) || input.Contains('\0')) return new FoundBlender(input, "", source, "A path is needed.");
        if (isName)
        {
            return OnPath(input) is { } found
                ? new FoundBlender(input, found, source, "")
                : new FoundBlender(input, "", source, "There is no such program on the PATH of the farm.");
        }

        if (!Path.IsPathFullyQualified(input)) return new FoundBlender(input, "", source, "The path must be a whole one, or the name of a program on the PATH.");
        if (!File.Exists(input)) return new FoundBlender(input, "", source, "There is no such file on the farm's machine.");
        return IsRunnable(input)
            ? new FoundBlender(input, input, source, "")
            : new FoundBlender(input, "", source, "This file cannot be run.");
    }

    private string? OnPath(string name) => (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(directory => Path.Combine(directory, name))
        .FirstOrDefault(file => File.Exists(file) && IsRunnable(file));

    private static bool IsRunnable(string file) => OperatingSystem.IsWindows()
        ? Path.GetExtension(file).ToLowerInvariant() is ".exe" or ".bat" or ".cmd" or ".com"
        : (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
