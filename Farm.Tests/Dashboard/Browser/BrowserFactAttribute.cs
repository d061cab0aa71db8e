namespace Farm.Tests.Dashboard.Browser;

/// <summary>A test that needs Chromium or Chrome: on the PATH, or where <c>FARM_TEST_CHROMIUM</c> says. Without one it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome.exe", "msedge.exe"];

    public BrowserFactAttribute()
    {
        if (Executable is null)
            Skip = "No Chromium on the PATH, nor where FARM_TEST_CHROMIUM says.";
    }

    /// <summary>The browser's program; null if there is none.</summary>
    public static string? Executable { get; } =
        Environment.GetEnvironmentVariable("FARM_TEST_CHROMIUM") ?? Candidates().FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates() =>
        from directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        from name in Names
        select Path.Combine(directory, name);
}
