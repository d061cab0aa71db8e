using System.Net;
using Farm.Server.Operations.Configuration;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// A set of addresses, written as CIDR (<c>10.1.0.0/16</c>), single addresses, or the names
/// <c>any</c>, <c>loopback</c>, <c>private</c> (RFC 1918, fc00::/7 and the link-local ranges) and <c>cgnat</c> (100.64.0.0/10).
/// </summary>
/// <remarks>
/// cgnat is no part of private: it is the range of Tailscale and similar overlays, which a studio knows it has and can name,
/// but also the one that providers put strangers' routers in.
/// A list is exactly what it says: one without <c>loopback</c> shuts out the server's own machine.
/// </remarks>
internal sealed class NetworkList
{
    private static readonly Dictionary<string, string[]> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["any"] = ["0.0.0.0/0", "::/0"],
        ["loopback"] = ["127.0.0.0/8", "::1/128"],
        ["private"] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10"],
        ["cgnat"] = ["100.64.0.0/10"],
    };

    private NetworkList(IReadOnlyList<IPNetwork> networks) => Networks = networks;

    /// <summary>Loopback and private networks.</summary>
    public static NetworkList Default { get; } = Parse("networks", ["loopback", "private"]);

    public static NetworkList Nobody { get; } = new([]);

    public IReadOnlyList<IPNetwork> Networks { get; }

    /// <summary>Throws <see cref="SettingException"/> for an entry that is none of the above, and for an empty list.</summary>
    public static NetworkList Parse(string key, IEnumerable<string> entries)
    {
        var networks = entries.SelectMany(entry => ParseEntry(key, entry.Trim())).ToList();
        return networks.Count > 0 ? new NetworkList(networks) : throw new SettingException(key, "", "is empty: nobody would be meant");
    }

    /// <summary>Whether an address is in the set. An IPv4 address that came over an IPv6 socket counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // A link-local address carries its interface's number, which no network compares with.
        if (plain.IsIPv6LinkLocal)
            plain = new IPAddress(plain.GetAddressBytes());
        return Networks.Any(network => network.Contains(plain));
    }

    private static IEnumerable<IPNetwork> ParseEntry(string key, string entry)
    {
        if (Named.TryGetValue(entry, out var ranges))
            return ranges.Select(range => IPNetwork.Parse(range));
        if (IPNetwork.TryParse(entry, out var network))
            return [network];
        if (IPAddress.TryParse(entry, out var address))
            return [new IPNetwork(address, address.GetAddressBytes().Length * 8)];
        throw new SettingException(
            key, entry, "is not any, loopback, private, cgnat, an address or a network like 10.1.0.0/16");
    }
}
