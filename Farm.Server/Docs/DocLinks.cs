using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Farm.Server.Docs;

/// <summary>
/// Rewrites links between Markdown files of the repository into links between pages. Links to other files are left unchanged.
/// </summary>
internal static class DocLinks
{
    /// <summary>Rewrites the links of a page.</summary>
    public static void Rewrite(MarkdownDocument document, DocPage page, DocsLibrary library)
    {
        foreach (var link in document.Descendants<LinkInline>())
        {
            if (link.Url is { } url && Resolve(url, page) is { } target && library.FindSource(target.Source) is { } other)
                link.Url = other.Path + target.Fragment;
        }
    }

    /// <summary>The file in the repository that a link of a page leads to, and the heading in it; null for a link that is not relative.</summary>
    public static (string Source, string Fragment)? Resolve(string url, DocPage page)
    {
        if (url.Length == 0 || url[0] is '#' or '/' || url.Contains("://", StringComparison.Ordinal) || url.StartsWith("mailto:", StringComparison.Ordinal))
            return null;
        var hash = url.IndexOf('#');
        var (file, fragment) = hash < 0 ? (url, "") : (url[..hash], url[hash..]);
        List<string> folders = [.. page.Source.Split('/')[..^1]];
        foreach (var part in file.Split('/'))
        {
            if (part == ".." && folders.Count > 0) folders.RemoveAt(folders.Count - 1);
            else if (part != ".") folders.Add(part);
        }

        return (string.Join('/', folders), fragment);
    }
}
