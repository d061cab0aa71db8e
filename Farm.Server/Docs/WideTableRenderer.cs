using Markdig.Extensions.Tables;
using Markdig.Renderers;

namespace Farm.Server.Docs;

/// <summary>Puts each table into a frame of its own, so that a wide one scrolls by itself on a small screen instead of with the page.</summary>
internal sealed class WideTableRenderer : HtmlTableRenderer
{
    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, Table table)
    {
        renderer.EnsureLine();
        renderer.WriteLine("<div class=\"wide\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">");
        base.Write(renderer, table);
        renderer.WriteLine("</div>");
    }
}
