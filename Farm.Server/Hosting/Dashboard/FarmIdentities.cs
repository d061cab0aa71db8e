using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Farm.Server.Hosting.Discovery;

namespace Farm.Server.Hosting.Dashboard;

/// <summary>The farm's name, version and addresses.</summary>
internal static class FarmIdentities
{
    /// <summary>The version of this program, without the commit that it was built from.</summary>
    public static string Version { get; } =
        typeof(FarmIdentities).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>
    /// The addresses at which other machines reach the server, the likeliest first: private networks, other IPv4 addresses, names. If only this
    /// machine reaches it, the address that it listens on.
    /// </summary>
    /// <param name="listening">What the server listens on.</param>
    /// <param name="machine">The addresses of the machine.</param>
    /// <param name="certified">The host names of a certificate that clients verify.</param>
    public static IReadOnlyList<string> Addresses(
        IReadOnlyCollection<string> listening, IReadOnlyCollection<IPAddress> machine, IReadOnlyCollection<string> certified)
    {
        var ofIp4 = machine.Where(address => address.AddressFamily == AddressFamily.InterNetwork).ToArray();
        var urls = ManagerUrls.From(listening, ofIp4, certified);
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
            // Used by the bridges of container hosts.
            [172, >= 16 and <= 31, ..] => 2,
            [169, 254, ..] => 4,
            _ => 1,
        };
    }
}
