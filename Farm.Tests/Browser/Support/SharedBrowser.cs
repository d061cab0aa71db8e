using Microsoft.Playwright;

namespace Farm.Tests.Browser.Support;

/// <summary>One browser for all tests of a collection, started by the first that needs it.</summary>
public sealed class SharedBrowser : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>A browser window without a past.</summary>
    internal async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        await _starting.WaitAsync();
        try
        {
            _browser ??= await LaunchAsync();
        }
        finally
        {
            _starting.Release();
        }

        return await _browser.NewContextAsync(options);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private async Task<IBrowser> LaunchAsync()
    {
        Assert.True(Chromium.Find() is not null, "There is no Chromium on this machine, and with CI=true no browser test may be skipped.");
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Find(), Args = Chromium.Arguments });
    }
}

/// <summary>The tests that share a browser; one at a time, because each paints pages.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<SharedBrowser>
{
    public const string Name = "Browser";
}
