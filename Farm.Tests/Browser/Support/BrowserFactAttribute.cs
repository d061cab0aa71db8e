namespace Farm.Tests.Browser.Support;

/// <summary>A test in a real browser; skipped, and said so, where there is none, except in CI.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.WhySkipped;
}
