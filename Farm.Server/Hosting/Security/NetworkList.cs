using System.Net;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// A set of addresses, written as CIDR (<c>10.1.0.0/16</c>), single addresses, or the names
/// <c>any</c>, <c>loopback</c>, <c>private</c> (RFC 1918, fc00::/7 and the link-local ranges) and <c>cgnat</c> (100.64.0.0/10).
/// </summary>
/// <remarks>
/// <c>private</c> leaves out cgnat: Tailscale and similar overlays use that range, but so do providers for the routers of strangers.
/// Nothing is added to a list: without <c>loopback</c>, the server's own machine is not answered.
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
    public static NetworkList Default { get; } = Parse(DefaultNames);

    /// <summary>No address at all.</summary>
    public static NetworkList Empty { get; } = new([]);

    /// <summary>The names of <see cref="Default"/>.</summary>
    public static IReadOnlyList<string> DefaultNames => ["loopback", "private"];

    /// <summary>The networks.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; }

    /// <summary>The networks that these entries name.</summary>
    /// <exception cref="FormatException">An entry is none of the above.</exception>
    public static NetworkList Parse(IEnumerable<string> entries) => new([.. entries.SelectMany(entry => ParseEntry(entry.Trim()))]);

    /// <summary>Whether an address is in the set. An IPv4 address that came over an IPv6 socket counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        // A link-local address carries its interface's number, which no network compares with.
        if (plain.IsIPv6LinkLocal)
            plain = new IPAddress(plain.GetAddressBytes());
        return Networks.Any(network => network.Contains(plain));
    }

    private static IEnumerable<IPNetwork> ParseEntry(string entry)
    {
        if (Named.TryGetValue(entry, out var ranges))
            return ranges.Select(range => IPNetwork.Parse(range));
        if (IPNetwork.TryParse(entry, out var network))
            return [network];
        if (IPAddress.TryParse(entry, out var address))
            return [new IPNetwork(address, address.GetAddressBytes().Length * 8)];
        throw new FormatException($"\"{entry}\" is not any, loopback, private, cgnat, an address or a network like 10.1.0.0/16");
    }
}
