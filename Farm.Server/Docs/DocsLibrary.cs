using System.Reflection;

namespace Farm.Server.Docs;

/// <summary>
/// The pages that are embedded in assemblies: <c>Docs/*.md</c>, and <c>Contract.md</c> of each folder in <c>Contracts</c>. A protocol with this
/// file has its page automatically.
/// </summary>
internal sealed class DocsLibrary
{
    /// <summary>The path of the list of pages.</summary>
    public const string Root = "/docs";

    /// <summary>The group of the protocols' own documents.</summary>
    public const string Protocols = "Protocols";

    private const string Prefix = "docs/";
    private const string ContractFolder = "contracts/";
    private const string ContractFile = "Contract.md";
    private const string Others = "More";

    private static readonly (string Group, string[] Slugs)[] Order =
    [
        ("Start", ["install", "first-farm", "from-flamenco", "from-deadline"]),
        ("Use", ["job-types", "workers", "settings", "command-line", "api"]),
        ("Run", ["backup", "postgresql", "several-managers", "upgrade", "security", "troubleshooting"]),
        (Protocols, []),
        ("How it is built", ["design", "drills"]),
        (Others, []),
    ];

    private readonly Dictionary<string, DocPage> _bySlug;
    private readonly Dictionary<string, DocPage> _bySource;

    /// <summary>Reads the pages of assemblies; duplicates are read once.</summary>
    public DocsLibrary(IEnumerable<Assembly> assemblies)
    {
        Pages =
        [
            .. assemblies.Distinct()
                .SelectMany(assembly => assembly.GetManifestResourceNames(), (assembly, name) => (Assembly: assembly, Name: name))
                .Where(page => page.Name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(page => Page(Name(page.Name), Read(page.Assembly, page.Name)))
                .OrderBy(page => Array.FindIndex(Order, group => group.Group == page.Group))
                .ThenBy(page => Array.IndexOf(Order.First(group => group.Group == page.Group).Slugs, page.Slug))
                .ThenBy(page => page.Slug, StringComparer.Ordinal),
        ];
        _bySlug = Pages.ToDictionary(page => page.Slug, StringComparer.OrdinalIgnoreCase);
        _bySource = Pages.ToDictionary(page => page.Source, StringComparer.Ordinal);
    }

    /// <summary>All pages, in the order in which they are listed.</summary>
    public IReadOnlyList<DocPage> Pages { get; }

    /// <summary>The page at an address below <c>/docs/</c>; null if there is none.</summary>
    public DocPage? Find(string slug) => _bySlug.GetValueOrDefault(slug);

    /// <summary>The page that a file of the repository is; null if it is none.</summary>
    public DocPage? FindSource(string path) => _bySource.GetValueOrDefault(path);

    /// <summary>A resource's name below the prefix. Builds on Windows write the folder with a backslash.</summary>
    private static string Name(string resource) => resource[Prefix.Length..].Replace('\\', '/');

    private static DocPage Page(string name, string markdown)
    {
        var folder = name.StartsWith(ContractFolder, StringComparison.Ordinal) ? name[ContractFolder.Length..^(ContractFile.Length + 1)] : null;
        var slug = folder is null ? name[..^".md".Length] : ContractFolder + folder.ToLowerInvariant();
        var source = folder is null ? $"Farm.Server/Docs/{name}" : $"Farm.Server/Contracts/{folder}/{ContractFile}";
        var group = folder is null ? Order.FirstOrDefault(group => group.Slugs.Contains(slug)).Group ?? Others : Protocols;
        var paragraphs = markdown.Split("\n\n", 3);
        var title = paragraphs[0].TrimStart('#').Trim();
        return new DocPage(slug, source, title, paragraphs.Length > 1 ? paragraphs[1].Trim() : "", group, markdown);
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
