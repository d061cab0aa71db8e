using Microsoft.Playwright;

namespace Farm.Tests.Dashboard.Browser;

/// <summary>One browser for all tests of a class, started with the first page.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly List<string> _problems = [];
    private readonly List<IPage> _pages = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Closes all pages and says what they complained about: errors and warnings on the console, exceptions, refused requests.</summary>
    internal async Task<IReadOnlyList<string>> CloseAsync()
    {
        string[] problems;
        lock (_problems)
            problems = [.. _problems];
        foreach (var page in _pages)
            await page.CloseAsync();
        _pages.Clear();
        lock (_problems)
            _problems.Clear();
        return problems;
    }

    /// <summary>A page in a browser window of its own, in which the circuit is connected: a click is heard.</summary>
    internal async Task<IPage> OpenAsync(Uri address, int width = 1280, int height = 900)
    {
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = BrowserFactAttribute.Executable,
            // Containers run tests as root, which Chromium's sandbox refuses.
            ChromiumSandbox = false,
        });
        var page = await _browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, error);
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} {response.Url}");
        _pages.Add(page);
        await page.GotoAsync(address.ToString());
        await page.Locator(".theme-switch[data-ready=true]").WaitForAsync();
        return page;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private void Note(bool isProblem, string text)
    {
        if (!isProblem)
            return;

        lock (_problems)
            _problems.Add(text);
    }
}
