namespace Farm.Server.Operations.Configuration;

/// <summary>How Blender was found.</summary>
internal enum BlenderSource
{
    /// <summary>On the PATH.</summary>
    PathVariable,

    /// <summary>At the given path.</summary>
    Named,
}

/// <summary>The result of a search for Blender.</summary>
/// <param name="Input">The given name or path.</param>
/// <param name="Path">The file; empty if it cannot be used.</param>
/// <param name="Source">How it was found.</param>
/// <param name="WhyNotAllowed">Why it cannot be used; empty when it can.</param>
internal sealed record FoundBlender(string Input, string Path, BlenderSource Source, string WhyNotAllowed);

/// <summary>
/// Looks for Blender on the server. The file is never run, because the client chooses it
/// (Contracts/Flamenco/Contract.md sections 6.1 and 12.5).
/// </summary>
/// <param name="path">The PATH of this process.</param>
internal sealed class BlenderFinder(string? path)
{
    private static readonly string Usual = OperatingSystem.IsWindows() ? "blender.exe" : "blender";

    /// <summary>Blender on the PATH; empty if there is none.</summary>
    public IReadOnlyList<FoundBlender> Find() =>
        OnPath(Usual) is { } found ? [new FoundBlender(Usual, found, BlenderSource.PathVariable, "")] : [];

    /// <summary>Whether a file, or a program on the PATH, exists and is executable.</summary>
    public FoundBlender Check(string input)
    {
        var isName = input.Length > 0 && Path.GetFileName(input) == input;
        var source = isName ? BlenderSource.PathVariable : BlenderSource.Named;
        if (string.IsNullOrWhiteSpace(input) || input.Contains('\0')) return new FoundBlender(input, "", source, "A path is required.");
        if (isName)
        {
            return OnPath(input) is { } found
                ? new FoundBlender(input, found, source, "")
                : new FoundBlender(input, "", source, "Program not found on the PATH of the server.");
        }

        if (!Path.IsPathFullyQualified(input)) return new FoundBlender(input, "", source, "The path must be absolute, or the name of a program on the PATH.");
        if (!File.Exists(input)) return new FoundBlender(input, "", source, "File not found on the server.");
        return IsRunnable(input)
            ? new FoundBlender(input, input, source, "")
            : new FoundBlender(input, "", source, "This file is not executable.");
    }

    private string? OnPath(string name) => (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(directory => Path.Combine(directory, name))
        .FirstOrDefault(file => File.Exists(file) && IsRunnable(file));

    private static bool IsRunnable(string file) => OperatingSystem.IsWindows()
        ? Path.GetExtension(file).ToLowerInvariant() is ".exe" or ".bat" or ".cmd" or ".com"
        : (File.GetUnixFileMode(file) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
}
