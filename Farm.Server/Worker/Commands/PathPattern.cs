using System.Text;
using System.Text.RegularExpressions;

namespace Farm.Server.Worker.Commands;

/// <summary>Finds files by a pattern with `*`, `?` and `[a-z]`, like ffmpeg's glob, on every platform.</summary>
internal static class PathPattern
{
    /// <summary>Full paths by name. A pattern that is the name of an existing file finds that file.</summary>
    public static IReadOnlyList<string> Find(string pattern)
    {
        if (File.Exists(pattern)) return [Path.GetFullPath(pattern)];
        var full = Path.GetFullPath(pattern);
        var root = Path.GetPathRoot(full)!;
        IEnumerable<string> directories = [root];
        var parts = full[root.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return [];
        foreach (var part in parts[..^1])
            directories = directories.SelectMany(directory => Match(directory, part, Directory.EnumerateDirectories));
        return [.. directories.SelectMany(directory => Match(directory, parts[^1], Directory.EnumerateFiles)).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Match(string directory, string part, Func<string, IEnumerable<string>> list)
    {
        // An existing name with a bracket in it is not a pattern.
        var literal = Path.Combine(directory, part);
        if (Path.Exists(literal)) return [literal];
        if (part.AsSpan().IndexOfAny("*?[") < 0 || !Directory.Exists(directory)) return [];
        var expression = new Regex(Expression(part), RegexOptions.CultureInvariant | (OperatingSystem.IsWindows() ? RegexOptions.IgnoreCase : 0));
        return list(directory).Where(path => expression.IsMatch(Path.GetFileName(path)));
    }

    private static string Expression(string part)
    {
        // As in a shell, hidden files match only a pattern with a leading dot.
        var text = new StringBuilder(part.StartsWith('.') ? "^" : "^(?!\\.)");
        for (var i = 0; i < part.Length; i++)
        {
            var close = part[i] == '[' ? part.IndexOf(']', Math.Min(i + 2, part.Length)) : -1;
            if (close > 0)
            {
                var set = part[(i + 1)..close];
                var negated = set.Length > 1 && set[0] is ('!' or '^');
                if (negated) set = set[1..];
                text.Append(negated ? "[^" : "[").Append(set.Replace("\\", "\\\\").Replace("[", "\\[").Replace("^", "\\^").Replace("]", "\\]")).Append(']');
                i = close;
            }
            else
            {
                text.Append(part[i] switch { '*' => ".*", '?' => ".", var c => Regex.Escape(c.ToString()) });
            }
        }
        return text.Append("$").ToString();
    }
}
