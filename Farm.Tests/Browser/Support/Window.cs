using Microsoft.Playwright;

namespace Farm.Tests.Browser.Support;

/// <summary>A browser window on a farm. It remembers what the browser complained of: errors of scripts, of loading, and of the page's policy.</summary>
internal sealed class Window : IAsyncDisposable
{
    /// <summary>Set from the start, so that the switch's label shows when the page has come alive.</summary>
    private const string StartScript =
        """
        if (!localStorage.getItem("farm-theme")) localStorage.setItem("farm-theme", "THEME");
        document.addEventListener("securitypolicyviolation", e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`));
        """;

    private readonly IBrowserContext _context;
    private readonly List<string> _complaints = [];

    private Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _complaints.Add($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _complaints.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Opens a window.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="farm">Where the farm answers.</param>
    /// <param name="width">Of the page, in pixels.</param>
    /// <param name="theme">The colours that its user chose: dark or light.</param>
    public static async Task<Window> OpenAsync(SharedBrowser browser, Uri farm, int width = 1400, string theme = "light")
    {
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = farm.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            HasTouch = width < 640,
            // Nobody knows the certificates of tests.
            IgnoreHTTPSErrors = farm.Scheme == Uri.UriSchemeHttps,
        });
        await context.AddInitScriptAsync(StartScript.Replace("THEME", theme));
        return new Window(context, await context.NewPageAsync());
    }

    /// <summary>Goes to a page and waits until it answers to clicks.</summary>
    public async Task GoToAsync(string path)
    {
        await Page.GotoAsync(path);
        await AliveAsync();
    }

    /// <summary>Waits until the page answers to clicks: what the server painted first does not know the chosen colours yet.</summary>
    public Task AliveAsync() =>
        Assertions.Expect(Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Theme: (dark|light)") })).ToBeVisibleAsync();

    /// <summary>A button by what it is called for those who hear the page.</summary>
    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Takes the complaints away that are right to come: those with this text.</summary>
    public void Forgive(string text) => _complaints.RemoveAll(complaint => complaint.Contains(text));

    /// <summary>Closes it, and fails if the browser complained.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        Assert.True(_complaints.Count == 0, "The browser complained: " + string.Join('\n', _complaints));
    }
}
