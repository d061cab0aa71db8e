using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Farm.Server.Hosting.Discovery;

/// <summary>The URLs at which other machines reach this server.</summary>
internal static class ManagerUrls
{
    /// <summary>
    /// The URLs to announce for the addresses that the server listens on. <c>http://[::]:8080</c> stands for every address of the machine;
    /// loopback is left out. Those with https come first.
    /// </summary>
    /// <param name="listening">What the server listens on.</param>
    /// <param name="machine">The addresses of this machine.</param>
    /// <param name="certified">The host names of the certificate, which clients verify; they stand for every address. Empty to announce addresses.</param>
    public static IReadOnlyList<Uri> From(IEnumerable<string> listening, IReadOnlyCollection<IPAddress> machine, IReadOnlyCollection<string> certified)
    {
        var urls = new List<Uri>();
        foreach (var text in listening)
        {
            // "*" and "+" are no host names.
            if (!Uri.TryCreate(text.Replace("//*", "//0.0.0.0").Replace("//+", "//0.0.0.0"), UriKind.Absolute, out var url))
                continue;
            if (!IPAddress.TryParse(url.DnsSafeHost, out var address))
                urls.AddRange(url.IsLoopback ? [] : [url]);
            else if (url.Scheme == Uri.UriSchemeHttps && certified.Count > 0 && !IPAddress.IsLoopback(address))
                urls.AddRange(certified.Select(name => new Uri($"https://{name}:{url.Port}/")));
            else if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
                urls.AddRange(machine.Where(own => IsServed(own, address)).Select(own => With(url, own)));
            else if (!IPAddress.IsLoopback(address))
                urls.Add(url);
        }
        return [.. urls.Distinct().OrderBy(url => url.Scheme != Uri.UriSchemeHttps)];
    }

    /// <summary>The addresses of this machine's active network interfaces.</summary>
    public static IReadOnlyCollection<IPAddress> OfThisMachine() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address),
    ];

    // A link-local IPv6 address needs the interface name of the other machine.
    private static bool IsServed(IPAddress own, IPAddress wildcard) =>
        !IPAddress.IsLoopback(own)
        && !own.IsIPv6LinkLocal
        && (own.AddressFamily == AddressFamily.InterNetwork || wildcard.Equals(IPAddress.IPv6Any));

    private static Uri With(Uri url, IPAddress own) =>
        new($"{url.Scheme}://{(own.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{own}]" : own)}:{url.Port}/");
}
