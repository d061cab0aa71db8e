using Farm.Server.Hosting.Https;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Configuration;

/// <summary>The URLs that the server listens on, from the setting <c>listen</c> or the option <c>--urls</c>.</summary>
internal static class ListenUrls
{
    /// <summary>What is wrong with https without a certificate.</summary>
    public const string NoCertificate = $"needs a certificate; set certificate to a file, or to {CertificateSettings.SelfSigned}";

    private const string Option = "--urls";
    private const string NoAddress = "is not an address like :8080, 127.0.0.1:8080 or https://:8443";
    private const string NoUrl = "is not a URL like http://127.0.0.1:8080 or https://0.0.0.0:8443";
    private const string NoPortOfLocalhost = "needs another port than 0; or use 127.0.0.1 instead of localhost";
    private const string AnyAddress = "0.0.0.0";

    /// <summary>The URLs for entries of the setting.</summary>
    /// <exception cref="SettingException">An entry is not an address with a port.</exception>
    public static IReadOnlyList<string> Of(IEnumerable<string> listen) => [.. listen.Select(Of)];

    /// <summary>The URLs of the option, which are separated by semicolons.</summary>
    /// <exception cref="SettingException">There is none, or one is not a URL to listen on.</exception>
    public static IReadOnlyList<string> OfOption(string urls)
    {
        var all = urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (all.Length == 0) throw new SettingException(Option, urls, NoUrl);
        foreach (var url in all)
        {
            if (Problem(url) is { } problem) throw new SettingException(Option, url, problem);
        }

        return all;
    }

    /// <summary>What is wrong with an entry of the setting; null for nothing.</summary>
    public static string? ProblemOf(string entry) => Url(entry) is { } url ? Problem(url) : NoAddress;

    private static string Of(string entry) => ProblemOf(entry) is { } problem ? throw new SettingException("listen", entry, problem) : Url(entry)!;

    /// <summary>A URL with a port; null if the entry has none.</summary>
    private static string? Url(string entry)
    {
        var (scheme, address) = entry.Split("://", 2) is [var given, var rest] ? (given.ToLowerInvariant(), rest.TrimEnd('/')) : ("http", entry);
        var colon = address.LastIndexOf(':');
        if (colon < 0 || !ushort.TryParse(address[(colon + 1)..], out var port)) return null;
        var host = colon == 0 ? AnyAddress : address[..colon];
        return host is "*" or "+" || Uri.CheckHostName(host) != UriHostNameType.Unknown ? $"{scheme}://{host}:{port}" : null;
    }

    /// <summary>What the web server would not accept.</summary>
    private static string? Problem(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            if (address.Scheme.ToLowerInvariant() is not ("http" or "https") || address.PathBase.Length > 0) return NoUrl;
            return address.Port == 0 && address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? NoPortOfLocalhost : null;
        }
        catch (FormatException)
        {
            return NoUrl;
        }
    }
}
