using System.Text.RegularExpressions;
using Farm.Server.Docs;
using Farm.Tests.Support;

namespace Farm.Tests.Docs;

/// <summary>Document sections cited in code comments exist.</summary>
public sealed partial class CitationTests
{
    private static readonly DocsLibrary Library = new([typeof(DocsLibrary).Assembly]);

    [Fact]
    public void Every_section_cited_in_a_comment_exists()
    {
        List<string> missing = [];
        foreach (var file in new[] { "Farm.Server", "Farm.Dashboard", "Farm.Tests" }.SelectMany(folder => Repository.Files(folder, ".cs", ".sql", ".razor")))
        {
            foreach (Match citation in Citations().Matches(File.ReadAllText(file)))
            {
                var name = citation.Groups["contract"] is { Success: true, Value: var contract } ? $"contracts/{contract.Replace("_", "")}" : "design";
                var number = citation.Groups["number"].Value.TrimEnd('.');
                if (Library.Find(name) is not { } page || !Sections(page.Markdown, number))
                    missing.Add($"{Path.GetFileName(file)}: {name} section {number}");
            }
        }

        Assert.Empty(missing.Distinct());
    }

    /// <summary>Whether there is a heading with this number, or a list item with its last part in the section of its other parts.</summary>
    private static bool Sections(string markdown, string number)
    {
        if (Heading(markdown, number) >= 0) return true;
        var dot = number.LastIndexOf('.');
        if (dot < 0 || Heading(markdown, number[..dot]) is not (>= 0 and var from)) return false;
        var end = markdown.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
        return Regex.IsMatch(markdown[from..(end < 0 ? markdown.Length : end)], $@"^{number[(dot + 1)..]}\. ", RegexOptions.Multiline);
    }

    private static int Heading(string markdown, string number) =>
        Regex.Match(markdown, $@"^#+ {Regex.Escape(number)}\.? ", RegexOptions.Multiline) is { Success: true, Index: var at } ? at : -1;

    [GeneratedRegex(@"(?:contracts/(?<contract>\w+)(?:\.md|/Contract\.md)|DESIGN|Docs/design\.md),? sections? (?<number>[0-9][0-9.]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Citations();
}
