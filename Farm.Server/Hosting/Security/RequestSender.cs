using Microsoft.Extensions.Primitives;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// Tells requests of this server's own pages, and of programs, from those that a page of another site makes a visitor's browser send. Browsers
/// name the page in Sec-Fetch-Site (only to https and localhost), Origin (with every method but GET and HEAD) and Referer (unless the page
/// suppresses it).
/// </summary>
internal static class RequestSender
{
    private enum Sender
    {
        /// <summary>A page of this server.</summary>
        OwnPage,

        /// <summary>A page of another site.</summary>
        OtherPage,

        /// <summary>Someone who typed the address or followed a link outside the browser.</summary>
        Visitor,

        /// <summary>The request does not say.</summary>
        Unknown,
    }

    /// <summary>Whether a request with a method other than GET may change something.</summary>
    public static bool MayChange(HttpRequest request) => Of(request) is not Sender.OtherPage;

    /// <summary>
    /// Whether a GET may change something: from this server's own page, or from a program. On plain HTTP a page can have its browser send a GET
    /// without a word about the page, so there everything that looks like a browser is refused. A link in a mail is no page of this server either.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="usesSession">Whether programs send cookies here.</param>
    public static bool MayChangeByGet(HttpRequest request, bool usesSession) => Of(request) switch
    {
        Sender.OwnPage => true,
        Sender.Unknown => !LooksLikeBrowser(request.Headers) && (usesSession || request.Headers.Cookie.Count == 0),
        _ => false,
    };

    private static Sender Of(HttpRequest request)
    {
        // Preferred to Origin where it exists, because it is right behind a proxy that changes the host.
        var site = request.Headers["Sec-Fetch-Site"];
        if (!StringValues.IsNullOrEmpty(site))
        {
            return site.All(value => value is "same-origin") ? Sender.OwnPage
                : site.All(value => value is "none") ? Sender.Visitor
                : Sender.OtherPage;
        }

        var page = request.Headers.Origin;
        if (StringValues.IsNullOrEmpty(page)) page = request.Headers.Referer;
        if (StringValues.IsNullOrEmpty(page)) return Sender.Unknown;
        return page.All(value => IsHere(value, request)) ? Sender.OwnPage : Sender.OtherPage;
    }

    // A page over http is not this server if the request came over https. The other way, the schemes may differ: behind a TLS proxy that is not
    // trusted, the server sees http, the browser https.
    private static bool IsHere(string? page, HttpRequest request) =>
        Uri.TryCreate(page, UriKind.Absolute, out var uri)
        && (uri.Scheme == "https" || (uri.Scheme == "http" && !request.IsHttps))
        && HostString.FromUriComponent(uri) is var from
        && string.Equals(from.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase)
        && (uri.Port == (request.Host.Port ?? (uri.Scheme == "https" ? 443 : 80)) || IsPortLost(request));

    // Proxies often send the host without its port (nginx: proxy_set_header Host $host), so the port of the page is not known here.
    private static bool IsPortLost(HttpRequest request) =>
        request.Host.Port is null && request.HttpContext.Connection.LocalPort is not (0 or 80 or 443);

    /// <summary>
    /// A page can choose Accept and Accept-Language of its requests, but not User-Agent, which begins with Mozilla in every browser. Accept is for
    /// browsers inside other programs.
    /// </summary>
    private static bool LooksLikeBrowser(IHeaderDictionary headers)
    {
        var agent = headers.UserAgent.ToString();
        if (agent.StartsWith("Mozilla/", StringComparison.OrdinalIgnoreCase)) return !agent.Contains("PowerShell/", StringComparison.OrdinalIgnoreCase);
        // What Java's own HTTP client accepts names text/html and pictures.
        if (agent.StartsWith("Java/", StringComparison.Ordinal)) return false;
        return headers.Accept.Any(value => value is not null && (Names(value, "image/") || Names(value, "text/html") || Names(value, "text/css")))
            || headers.ContainsKey("Upgrade-Insecure-Requests")
            || headers.ContainsKey("Sec-Purpose");
    }

    private static bool Names(string accept, string type) => accept.Contains(type, StringComparison.OrdinalIgnoreCase);
}
