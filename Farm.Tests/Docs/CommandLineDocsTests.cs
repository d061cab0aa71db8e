using System.CommandLine;
using System.Text.RegularExpressions;
using Farm.Server.CommandLine;
using Farm.Server.Docs;

namespace Farm.Tests.Docs;

/// <summary>The documented verbs and options match the executable.</summary>
public sealed partial class CommandLineDocsTests
{
    private static readonly DocsLibrary Library = new([typeof(DocsLibrary).Assembly]);

    [Fact]
    public void Every_verb_is_documented_with_its_options()
    {
        var page = Library.Find("command-line")!.Markdown;
        foreach (var (name, command) in Verbs(FarmCommandLine.Create(), "farm"))
        {
            var row = page.Split('\n').FirstOrDefault(line => Regex.IsMatch(line, $"^\\|.*`{Regex.Escape(name)}[ `].*\\|$"));
            Assert.True(row is not null, $"the page on the command line has no row for \"{name}\"");
            foreach (var option in command.Options.Where(option => option is not System.CommandLine.Help.HelpOption and not VersionOption))
                Assert.True(row.Contains($"`{option.Name}`", StringComparison.Ordinal), $"the row of \"{name}\" lacks {option.Name}");
        }
    }

    [Fact]
    public void Every_verb_mentioned_on_a_page_exists()
    {
        var known = FarmCommandLine.Create().Subcommands.Select(command => command.Name).ToHashSet();
        var unknown = Library.Pages.Where(page => page.Group != DocsLibrary.Protocols).SelectMany(page => Mentions().Matches(page.Markdown)
            .Select(match => match.Groups["verb"].Value)
            .Where(verb => !known.Contains(verb))
            .Select(verb => $"{page.Source}: farm {verb}"));

        Assert.Empty(unknown);
    }

    /// <summary>All verbs with an action, including nested ones.</summary>
    private static IEnumerable<(string Name, Command Command)> Verbs(Command command, string name) => command.Subcommands
        .Where(verb => !verb.Hidden)
        .SelectMany(verb => verb.Subcommands.Count > 0 ? Verbs(verb, $"{name} {verb.Name}") : [($"{name} {verb.Name}", verb)]);

    [GeneratedRegex(@"(?:^    |`)farm (?<verb>[a-z][a-z-]*)", RegexOptions.Multiline)]
    private static partial Regex Mentions();
}
