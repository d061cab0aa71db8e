using Farm.Tests.Browser.Support;

namespace Farm.Tests.Published;

/// <summary>A test of the published file; reported as skipped on platforms that the scripts do not support.</summary>
public sealed class PublishedFactAttribute : FactAttribute
{
    public PublishedFactAttribute(bool inBrowser = false) => Skip = PublishedFarm.Platform is null
        ? "Publishing is tested on linux-x64 and win-x64 only."
        : inBrowser ? Chromium.WhySkipped : null;
}
