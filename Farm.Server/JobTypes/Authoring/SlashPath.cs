namespace Farm.Server.JobTypes.Authoring;

/// <summary>
/// Handles paths of any platform on any platform: slashes and backslashes both separate, results use slashes
/// (Contracts/Flamenco/Contract.md section 7.3). Never touches the file system and keeps <c>..</c>. Also keeps a leading <c>//</c>,
/// which starts a UNC path or, in Blender, a path relative to the blend file.
/// </summary>
internal static class SlashPath
{
    /// <summary>The last part: <c>a.exr</c> of <c>C:\b\a.exr</c>; empty for a root.</summary>
    public static string BaseName(string path)
    {
        var trimmed = TrimEnd(Slashes(path));
        return trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }

    /// <summary>All but the last part, without a trailing separator; <c>.</c> if there is only one part.</summary>
    public static string DirectoryName(string path)
    {
        var trimmed = TrimEnd(Slashes(path));
        var slash = trimmed.LastIndexOf('/');
        return slash < 0 ? "." : TrimEnd(trimmed[..(slash + 1)]);
    }

    /// <summary>The last part without its extension: <c>shot.v2</c> of <c>/a/shot.v2.blend</c>; a leading dot does not start an extension.</summary>
    public static string Stem(string path)
    {
        var name = BaseName(path);
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }

    /// <summary>Joins the parts with slashes, skipping empty parts and a leading <c>.</c>.</summary>
    public static string Join(params IEnumerable<string> parts)
    {
        var joined = "";
        foreach (var part in parts.Select(Slashes).Where(part => part.Length > 0))
            joined = joined is "" or "." ? part : $"{joined}{(joined.EndsWith('/') ? "" : "/")}{part.TrimStart('/')}";
        return joined;
    }

    private static string Slashes(string path) => path.Replace('\\', '/');

    private static string TrimEnd(string path)
    {
        var trimmed = path.TrimEnd('/');
        return trimmed.Length > 0 ? trimmed : path[..Math.Min(path.Length, 2)];
    }
}
