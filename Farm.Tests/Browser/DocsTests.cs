using Farm.Server.Docs;
using Farm.Tests.Browser.Support;
using Microsoft.Playwright;

namespace Farm.Tests.Browser;

/// <summary>The documentation in a browser.</summary>
public sealed class DocsTests(SharedBrowser browser) : BrowserTest(browser)
{
    [BrowserFact]
    public async Task The_dashboard_leads_to_the_documentation_and_back()
    {
        await Window.GoToAsync("/jobs");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Documentation" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Documentation");

        await Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "Install" }).ClickAsync();
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Install");

        await Page.GetByRole(AriaRole.Link, new() { Name = "Dashboard" }).ClickAsync();
        await Window.AliveAsync();
    }

    [BrowserFact]
    public async Task It_has_the_colours_that_were_chosen_on_the_dashboard()
    {
        await using var dark = await AnotherWindowAsync("dark");
        await dark.Page.GotoAsync("/docs");
        await Page.GotoAsync("/docs");

        Assert.Equal("rgb(13, 16, 20)", await GroundAsync(dark.Page));
        Assert.Equal("rgb(243, 245, 248)", await GroundAsync(Page));
    }

    private static Task<string> GroundAsync(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}

/// <summary>The documentation on a telephone.</summary>
public sealed class SmallDocsTests(SharedBrowser browser) : BrowserTest(browser)
{
    protected override int Width => 390;

    [BrowserFact]
    public async Task No_page_scrolls_sideways()
    {
        foreach (var path in Farm.Service<DocsLibrary>().Pages.Select(page => page.Path).Prepend(DocsLibrary.Root))
        {
            await Page.GotoAsync(path);
            var width = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(width <= Width, $"{path} is {width} pixels wide");
        }
    }
}
