using System.Net;
using System.Text.RegularExpressions;
using Farm.Server.Docs;
using Farm.Tests.Support;

namespace Farm.Tests.Docs;

/// <summary>The documentation pages of a running farm.</summary>
public sealed partial class DocsPageTests(SharedFarm shared) : IClassFixture<SharedFarm>
{
    private DocsLibrary Library => shared.Farm.Service<DocsLibrary>();

    [Fact]
    public async Task Every_page_renders_with_its_title_and_links_to_all_others()
    {
        Assert.True(Library.Pages.Count >= 20, $"only {Library.Pages.Count} pages are embedded");
        foreach (var page in Library.Pages)
        {
            var html = await PageAsync(page.Path);
            Assert.Matches($"<h1[^>]*>{Regex.Escape(page.Title)}</h1>", WebUtility.HtmlDecode(html));
            Assert.Equal(1, html.Split("<h1").Length - 1);
            Assert.DoesNotContain("{{", Code().Replace(html, ""));
            foreach (var other in Library.Pages) Assert.Contains($"href=\"{other.Path}\"", html);
        }
    }

    [Fact]
    public async Task The_index_has_a_summary_of_each_page()
    {
        var html = await PageAsync("/docs");

        foreach (var page in Library.Pages)
        {
            Assert.Contains($"<dt><a href=\"{page.Path}\">", html);
            Assert.True(page.Summary.Length > 20, $"{page.Source} begins without a paragraph that says what it is about");
        }
    }

    [Fact]
    public async Task A_page_is_found_with_a_trailing_slash_and_in_any_case()
    {
        Assert.Contains("<h1", await PageAsync("/docs/install/"));
        Assert.Contains("<h1", await PageAsync("/docs/contracts/Flamenco"));
    }

    [Theory]
    [InlineData("/docs/nothing")]
    [InlineData("/docs/contracts/nothing")]
    [InlineData("/docs/install.md")]
    [InlineData("/docs/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    public async Task An_unknown_page_is_404_with_a_list_of_pages(string path)
    {
        using var answer = await shared.Farm.Client.GetAsync(path);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("There is no page", html);
        Assert.Contains("href=\"/docs/install\"", html);
        Assert.DoesNotContain("<script>alert", html);
    }

    [Fact]
    public async Task A_page_loads_nothing_external_and_has_no_inline_script()
    {
        using var answer = await shared.Farm.Client.GetAsync("/docs/install");
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Contains(answer.Headers.GetValues("Content-Security-Policy"), policy => policy.StartsWith("default-src 'none'", StringComparison.Ordinal));
        Assert.DoesNotMatch("<script(?! src=\"/theme/docs\\.js)", html);
        Assert.DoesNotContain("style=", html);
        foreach (Match file in Assets().Matches(html))
        {
            using var asset = await shared.Farm.Client.GetAsync(file.Groups["url"].Value);
            Assert.Equal(HttpStatusCode.OK, asset.StatusCode);
        }
    }

    [Fact]
    public void Html_in_a_page_is_shown_as_text()
    {
        var renderer = new DocsRenderer(Library, shared.Farm.Service<ISettingsReference>());
        var page = new DocPage("x", "Farm.Server/Docs/x.md", "X", "", "More", "# X\n\n<script>alert(1)</script>\n\na <b onclick=\"x\">b</b>\n");

        var html = renderer.Render(page).Html;

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<b ", html);
    }

    private async Task<string> PageAsync(string path)
    {
        using var answer = await shared.Farm.Client.GetAsync(path);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("(?:src|href)=\"(?<url>/theme/[^\"]+)\"")]
    private static partial Regex Assets();

    [GeneratedRegex("<code[^>]*>.*?</code>", RegexOptions.Singleline)]
    private static partial Regex Code();
}
