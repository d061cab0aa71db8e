namespace Farm.Server.Operations.Files;

/// <summary>
/// Resolves a path from a URL or a client below one of the farm's directories, or rejects it.
/// The rules are the same on every system, so that a path stays valid when the farm moves to another system.
/// </summary>
internal static class SafePath
{
    private const int MaxLinks = 40;

    /// <summary>As <see cref="Resolve(string, string, out string)"/>, without the reason.</summary>
    public static string? Resolve(string root, string relative) => Resolve(root, relative, out _);

    /// <summary>
    /// The absolute path of <paramref name="relative"/> (parts separated by <c>/</c>) below <paramref name="root"/>, links followed;
    /// null, with <paramref name="reason"/>, if it is absolute, contains <c>..</c>, empty parts or control characters, or a link leaves the root.
    /// The file need not exist. A link created between check and use is not detected; that requires write access below the root.
    /// </summary>
    public static string? Resolve(string root, string relative, out string reason)
    {
        reason = WhyNotAllowed(relative) ?? "";
        if (reason.Length > 0)
            return null;
        var realRoot = Path.TrimEndingDirectorySeparator(RealPath(Path.GetFullPath(root)) ?? "");
        var path = RealPath(Path.Combine(realRoot, relative.Replace('/', Path.DirectorySeparatorChar)));
        if (realRoot.Length > 0 && path is not null && path.StartsWith(realRoot + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return path;
        reason = "a link in the path leads out of its directory";
        return null;
    }

    /// <summary>What is wrong with the text of a relative path, or null. Does not access the disk.</summary>
    public static string? WhyNotAllowed(string relative)
    {
        if (relative.Length == 0)
            return "the path is empty";
        if (relative.Length > 4096)
            return "the path is too long";
        if (relative.Any(char.IsControl))
            return "the path contains control characters";
        if (relative.Contains('\\'))
            return "the path contains a backslash; use / as separator";
        if (relative[0] == '/')
            return "the path is absolute";
        if (relative.Length > 1 && char.IsAsciiLetter(relative[0]) && relative[1] == ':')
            return "the path names a drive";
        return relative.Split('/').Select(PartProblem).FirstOrDefault(problem => problem is not null);
    }

    private static string? PartProblem(string part)
    {
        if (part.Length == 0)
            return "the path has an empty part";
        if (part is "." or "..")
            return "the path contains . or ..";
        // Windows strips these, so two names would mean the same file.
        if (part[^1] is '.' or ' ')
            return "a part of the path ends in a dot or a space";
        if (OperatingSystem.IsWindows() && (part.Contains(':') || IsWindowsDevice(part)))
            return "the path names a device or a stream";
        return null;
    }

    /// <summary>Whether a part of a path is a device name on Windows, with or without an extension.</summary>
    public static bool IsWindowsDevice(string part)
    {
        var name = part.Split('.')[0].TrimEnd().ToUpperInvariant();
        return name is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (name.Length == 4 && (name.StartsWith("COM") || name.StartsWith("LPT")) && char.IsDigit(name[3]));
    }

    /// <summary>An absolute path with all links followed; null if there are too many, as in a cycle.</summary>
    public static string? RealPath(string path)
    {
        for (var links = 0; links < MaxLinks; links++)
        {
            var next = FollowFirstLink(path);
            if (next is null)
                return path;
            path = next;
        }
        return null;
    }

    private static string? FollowFirstLink(string path)
    {
        var current = Path.GetPathRoot(path)!;
        var parts = path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < parts.Length; i++)
        {
            var parent = current;
            current = Path.Combine(current, parts[i]);
            if (new FileInfo(current).LinkTarget is { } target)
                return Path.GetFullPath(Path.Combine([parent, target, .. parts[(i + 1)..]]));
        }
        return null;
    }
}
