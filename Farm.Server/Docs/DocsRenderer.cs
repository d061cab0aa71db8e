using System.Collections.Concurrent;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Farm.Server.Docs;

/// <summary>A heading of a page.</summary>
/// <param name="Level">2 for the first level below the title.</param>
/// <param name="Id">What a link to it ends in after <c>#</c>.</param>
/// <param name="Text">Its text.</param>
internal sealed record DocHeading(int Level, string Id, string Text);

/// <summary>A page as HTML.</summary>
/// <param name="Html">Its text, from its title on.</param>
/// <param name="Headings">Its headings of the second and third level.</param>
internal sealed record RenderedDoc(string Html, IReadOnlyList<DocHeading> Headings);

/// <summary>Renders pages. HTML in a page is shown as text, so a page cannot contain a script.</summary>
internal sealed class DocsRenderer(DocsLibrary library, ISettingsReference settings)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(AutoIdentifierOptions.GitHub)
        .DisableHtml()
        .Build();

    private readonly ConcurrentDictionary<string, RenderedDoc> _rendered = new();

    /// <summary>A page, rendered on first use.</summary>
    public RenderedDoc Render(DocPage page) => _rendered.GetOrAdd(page.Slug, _ => RenderNow(page));

    /// <summary>A short text of a page, such as its summary, with the page's links.</summary>
    public string RenderPart(string markdown, DocPage page) => Html(Parse(markdown, page));

    private RenderedDoc RenderNow(DocPage page)
    {
        var document = Parse(SettingsTable.Insert(page.Markdown, settings), page);
        var headings = document.Descendants<HeadingBlock>()
            .Where(heading => heading.Level is 2 or 3)
            .Select(heading => new DocHeading(heading.Level, heading.GetAttributes().Id ?? "", Text(heading.Inline)))
            .ToList();
        return new RenderedDoc(Html(document), headings);
    }

    private MarkdownDocument Parse(string markdown, DocPage page)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        DocLinks.Rewrite(document, page, library);
        return document;
    }

    private static string Html(MarkdownDocument document)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new WideTableRenderer());
        renderer.Render(document);
        return writer.ToString();
    }

    private static string Text(ContainerInline? inline) => inline is null ? "" : string.Concat(inline.Descendants().Select(part => part switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));
}
