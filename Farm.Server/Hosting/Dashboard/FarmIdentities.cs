using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Farm.Server.Hosting.Discovery;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>What the farm calls itself and where it is found.</summary>
internal static class FarmIdentities
{
    /// <summary>The version of this program, without the commit that it was built from.</summary>
    public static string Version { get; } =
        typeof(FarmIdentities).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// The addresses at which other machines reach the server, the likeliest first: those of private networks, then other IPv4 ones,
    /// then names. A server that only this machine reaches is named as it listens: that is how the person at the machine reaches it.
    /// </summary>
    /// <param name="listening">What the server listens on.</param>
    /// <param name="machine">The addresses of the machine.</param>
    public static IReadOnlyList<string> Addresses(IReadOnlyCollection<string> listening, IReadOnlyCollection<IPAddress> machine)
    {
        var ofIp4 = machine.Where(address => address.AddressFamily == AddressFamily.InterNetwork).ToArray();
        var urls = ManagerUrls.From(listening, ofIp4);
        return urls.Count == 0
            ? [.. listening.Select(url => url.TrimEnd('/'))]
            : [.. urls.OrderBy(Unlikeliness).Select(url => url.GetLeftPart(UriPartial.Authority))];
    }

    private static int Unlikeliness(Uri url)
    {
        if (!IPAddress.TryParse(url.DnsSafeHost, out var address) || address.AddressFamily != AddressFamily.InterNetwork) return 3;
        return address.GetAddressBytes() switch
        {
            [192, 168, ..] or [10, ..] => 0,
            // Container hosts give these to their own bridges.
            [172, >= 16 and <= 31, ..] => 2,
            [169, 254, ..] => 4,
            _ => 1,
        };
    }
}
