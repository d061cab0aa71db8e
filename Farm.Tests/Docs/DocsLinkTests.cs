using System.Text.RegularExpressions;
using Farm.Server.Docs;
using Farm.Tests.Support;

namespace Farm.Tests.Docs;

/// <summary>Links and paths in the documentation and the README exist.</summary>
public sealed partial class DocsLinkTests
{
    private static readonly DocsLibrary Library = new([typeof(DocsLibrary).Assembly]);

    private static readonly DocPage Readme = new(
        "readme", "README.md", "Farm", "", "", File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n"));

    private static IEnumerable<DocPage> All => [Readme, .. Library.Pages];

    [Fact]
    public void Every_relative_link_has_an_existing_target_and_heading()
    {
        List<string> broken = [];
        foreach (var page in All)
        {
            foreach (Match link in Links().Matches(Fences().Replace(page.Markdown, "")))
            {
                var url = link.Groups["url"].Value;
                if (url.StartsWith("http", StringComparison.Ordinal)) continue;
                var (source, fragment) = url[0] == '#' ? (page.Source, url) : DocLinks.Resolve(url, page)!.Value;
                if (!Repository.Has(source)) broken.Add($"{page.Source}: {url}");
                if (fragment.Length > 0 && !Headings(Library.FindSource(source)!).Contains(fragment[1..])) broken.Add($"{page.Source}: {url} has no such heading");
            }
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void Links_between_pages_use_their_urls()
    {
        foreach (var page in Library.Pages)
            Assert.DoesNotMatch("href=\"[^\"]*\\.md[\"#]", Renderer().Render(page).Html);
    }

    [Fact]
    public void Every_mentioned_repository_path_exists()
    {
        var missing = All.SelectMany(page => Code().Matches(Fences().Replace(page.Markdown, ""))
            .Select(code => code.Groups["text"].Value)
            .Where(text => RepositoryPath().IsMatch(text) && !Repository.Has(text.TrimEnd('/')))
            .Select(text => $"{page.Source}: {text}"));

        Assert.Empty(missing);
    }

    private static IEnumerable<string> Headings(DocPage page) => Renderer().Render(page).Headings.Select(heading => heading.Id);

    private static DocsRenderer Renderer() => new(Library, new Farm.Server.Hosting.Configuration.SettingsReference(Farm.Server.Contracts.ProtocolModules.All));

    [GeneratedRegex(@"\]\((?<url>[^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^```.*?^```$|^    .*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fences();

    [GeneratedRegex("`(?<text>[^`\n]+)`")]
    private static partial Regex Code();

    /// <summary>A path below one of the projects or a file in the root, without spaces or placeholders.</summary>
    [GeneratedRegex(@"^(Farm\.(Server|Dashboard|Tests)/[\w./-]*|(Domain|Store|Operations|Contracts)/[\w./-]+\.(cs|md)|[\w.]+\.(props|sln|sh|ps1))$")]
    private static partial Regex RepositoryPath();
}
