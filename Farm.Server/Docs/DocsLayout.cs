using System.Text;
using System.Text.Encodings.Web;
using Farm.Dashboard.Ports;

namespace Farm.Server.Docs;

/// <summary>The HTML layout of the documentation pages.</summary>
internal sealed class DocsLayout(DocsLibrary library, DocsRenderer renderer, IAssetLinks links)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Default;

    /// <summary>A page.</summary>
    public string Page(DocPage page)
    {
        var rendered = renderer.Render(page);
        return Frame(page.Title, page, $"{Contents(rendered)}<main id=\"content\" tabindex=\"-1\">\n{rendered.Html}</main>\n");
    }

    /// <summary>The list of all pages.</summary>
    public string Index() => Frame("Documentation", null, $"<main id=\"content\" tabindex=\"-1\">\n<h1>Documentation</h1>\n{Summaries()}</main>\n");

    /// <summary>The page for an unknown address.</summary>
    public string NotFound(string slug) => Frame(
        "Page not found", null,
        $"<main id=\"content\" tabindex=\"-1\">\n<h1>Page not found</h1>\n<p>There is no page <code>{Encoder.Encode(slug)}</code>. All pages:</p>\n{Summaries()}</main>\n");

    private string Frame(string title, DocPage? current, string content) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Encoder.Encode(title)} – Farm</title>
        <link rel="icon" href="{Asset("theme/farm.svg")}" type="image/svg+xml">
        <link rel="stylesheet" href="{Asset("theme/tokens.css")}">
        <link rel="stylesheet" href="{Asset("theme/docs.css")}">
        <script src="{Asset("theme/docs.js")}"></script>
        </head>
        <body>
        <a class="skip" href="#content">Skip to content</a>
        <header>
        <a class="brand" href="/"><img src="{Asset("theme/farm.svg")}" alt="" width="24" height="24">Farm</a>
        <nav aria-label="Main"><a href="/">Dashboard</a> <a href="{DocsLibrary.Root}">Documentation</a> <a class="to-pages" href="#pages">All pages</a></nav>
        </header>
        <div class="columns">
        {Pages(current)}
        {content}
        </div>
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    private string Pages(DocPage? current)
    {
        var list = new StringBuilder("<nav id=\"pages\" class=\"pages\" aria-label=\"Pages\">\n");
        foreach (var group in library.Pages.GroupBy(page => page.Group))
        {
            list.Append($"<p>{Encoder.Encode(group.Key)}</p>\n<ul>\n");
            foreach (var page in group) list.Append($"<li>{Link(page, isCurrent: page == current)}</li>\n");
            list.Append("</ul>\n");
        }

        return list.Append("</nav>").ToString();
    }

    private string Summaries()
    {
        var list = new StringBuilder();
        foreach (var group in library.Pages.GroupBy(page => page.Group))
        {
            list.Append($"<h2>{Encoder.Encode(group.Key)}</h2>\n<dl>\n");
            foreach (var page in group) list.Append($"<dt>{Link(page)}</dt>\n<dd>{renderer.RenderPart(page.Summary, page)}</dd>\n");
            list.Append("</dl>\n");
        }

        return list.ToString();
    }

    private static string Contents(RenderedDoc page)
    {
        if (page.Headings.Count < 2) return "";
        var list = new StringBuilder("<nav class=\"contents\" aria-label=\"On this page\">\n<p>On this page</p>\n<ul>\n");
        foreach (var heading in page.Headings)
            list.Append($"<li class=\"level-{heading.Level}\"><a href=\"#{Encoder.Encode(heading.Id)}\">{Encoder.Encode(heading.Text)}</a></li>\n");
        return list.Append("</ul>\n</nav>\n").ToString();
    }

    private static string Link(DocPage page, bool isCurrent = false) =>
        $"<a href=\"{page.Path}\"{(isCurrent ? " aria-current=\"page\"" : "")}>{Encoder.Encode(page.Title)}</a>";

    private string Asset(string path) => $"/{links.LinkTo(path)}";
}
