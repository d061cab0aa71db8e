namespace Farm.Server.Docs;

/// <summary>A page of the documentation.</summary>
/// <param name="Slug">Its address below <c>/docs/</c>, such as <c>install</c> or <c>contracts/flamenco</c>.</param>
/// <param name="Source">Its path in the repository, with slashes; relative links in it start there.</param>
/// <param name="Title">Its first heading.</param>
/// <param name="Summary">Its first paragraph as Markdown.</param>
/// <param name="Group">The heading that it is listed below.</param>
/// <param name="Markdown">Its text.</param>
internal sealed record DocPage(string Slug, string Source, string Title, string Summary, string Group, string Markdown)
{
    /// <summary>Its address.</summary>
    public string Path => $"{DocsLibrary.Root}/{Slug}";
}
