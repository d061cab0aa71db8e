using System.Text;

namespace Farm.Server.Contracts.Aspire.Endpoints;

/// <summary>
/// Matches undecoded paths. Ids may contain slashes, pluses and percent signs and must be decoded exactly once, which ASP.NET routing does not do
/// (Contracts/Aspire/Contract.md section 4).
/// </summary>
internal static class RawPath
{
    /// <summary>The undecoded path below a base path; null when the target is not below it.</summary>
    /// <param name="target">The request target: <c>/a/b?c</c> or <c>http://host/a/b?c</c>.</param>
    /// <param name="basePath">Starts with a slash and does not end with one.</param>
    public static string? Below(string target, string basePath)
    {
        var rest = PathOf(target);
        foreach (var segment in basePath[1..].Split('/'))
        {
            if (!rest.StartsWith('/')) return null;
            var end = rest[1..].IndexOf('/') is >= 0 and var slash ? slash + 1 : rest.Length;
            if (!string.Equals(Decode(rest[1..end]), segment, StringComparison.Ordinal)) return null;
            rest = rest[end..];
        }

        return rest.Length == 0 ? "" : rest[1..].ToString();
    }

    /// <summary>Matches a path against a pattern.</summary>
    /// <param name="path">The undecoded path, without a leading slash.</param>
    /// <param name="pattern">Segments, one of which may be <c>:id</c>, which matches any number of segments.</param>
    /// <returns>The id, decoded once, or empty when the pattern has none; null when the path does not match.</returns>
    public static string? Match(string path, string pattern)
    {
        var segments = path.Split('/');
        var words = pattern.Split('/');
        var id = Array.IndexOf(words, ":id");
        if (id < 0) return segments.Length == words.Length && Same(segments, words) ? "" : null;
        var after = words.Length - id - 1;
        if (segments.Length < words.Length) return null;
        if (!Same(segments[..id], words[..id]) || !Same(segments[^after..], words[^after..])) return null;
        return Decode(string.Join('/', segments[id..^after]));
    }

    /// <summary>
    /// Percent-decodes a text once. Pluses and incomplete escapes stay unchanged; invalid UTF-8 becomes replacement characters.
    /// </summary>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (!text.Contains('%')) return text.ToString();
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes[length++] = Convert.FromHexString(text.Slice(i + 1, 2))[0];
                i += 3;
                continue;
            }

            var next = text[(i + 1)..].IndexOf('%') is >= 0 and var percent ? i + 1 + percent : text.Length;
            length += Encoding.UTF8.GetBytes(text[i..next], bytes.AsSpan(length));
            i = next;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static ReadOnlySpan<char> PathOf(string target)
    {
        var path = target.AsSpan();
        if (path.IndexOf('?') is >= 0 and var query) path = path[..query];
        if (path.StartsWith('/')) return path;
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0) return "";
        path = path[(scheme + 3)..];
        return path.IndexOf('/') is >= 0 and var slash ? path[slash..] : "";
    }

    private static bool Same(string[] segments, string[] words) =>
        segments.Zip(words).All(pair => string.Equals(Decode(pair.First), pair.Second, StringComparison.Ordinal));
}
