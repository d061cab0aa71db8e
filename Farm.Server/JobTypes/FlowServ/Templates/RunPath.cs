using Farm.Server.Domain;

namespace Farm.Server.JobTypes.FlowServ.Templates;

/// <summary>Paths of files in a run folder: relative, separated by <c>/</c>, never outside it (Contracts/FlowServ/Contract.md section 5.2).</summary>
internal static class RunPath
{
    private const int Longest = 1024;

    /// <summary>Normalizes a file path: removes <c>.</c> parts and doubled slashes.</summary>
    /// <param name="path">As written by the user.</param>
    /// <param name="what">Names the path in error messages.</param>
    /// <exception cref="FarmException">The path is empty, absolute, contains <c>..</c>, or is not valid on every platform.</exception>
    public static string Checked(string path, string what)
    {
        if (Clean(path) is not { } clean || path.EndsWith('/')) throw FarmException.Invalid($"{what} must be a file below the run folder, not '{path}'");
        return clean;
    }

    /// <summary>Removes <c>.</c> parts and doubled slashes; null for an invalid path or one outside its folder, "" for the folder itself.</summary>
    public static string? Clean(string path)
    {
        var isBad = path.Length is 0 or > Longest || path[0] == '/' || path.Contains('\\') || path.Any(char.IsControl)
            || (path.Length > 1 && path[1] == ':' && char.IsAsciiLetter(path[0]));
        if (isBad) return null;
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToList();
        return parts.Any(part => part == ".." || part[^1] is '.' or ' ') ? null : string.Join('/', parts);
    }
}
