using Farm.Server.Worker.Processes;

namespace Farm.Tests.Browser.Support;

/// <summary>The browser of the browser tests.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>
    /// No sandbox, because that needs rights that containers lack; none of the browser's own conversations; and two host names of this machine, as
    /// browsers treat localhost otherwise than a machine on the network.
    /// </summary>
    public static readonly string[] Arguments =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP renderbox 127.0.0.1, MAP elsewhere 127.0.0.1",
    ];

    /// <summary>Where it is: what the environment's FARM_CHROMIUM names, else what the PATH has; null if there is none.</summary>
    public static string? Find() =>
        Environment.GetEnvironmentVariable("FARM_CHROMIUM") is { Length: > 0 } named ? named : Names.Select(ExecutableFinder.Find).FirstOrDefault(path => path is not null);

    /// <summary>Why browser tests are skipped; null if they are not. Where CI=true none is skipped, so that a missing browser is found out.</summary>
    public static string? WhySkipped =>
        Find() is null && !string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase)
            ? "There is no Chromium on this machine; install it, or name its executable in FARM_CHROMIUM."
            : null;
}
