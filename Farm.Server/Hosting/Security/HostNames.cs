using System.Net;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// The host names that this server accepts, against DNS rebinding: an attacker points a domain at this server's address, so that a visitor's
/// browser treats the farm as the attacker's site. The browser still sends that domain as Host, so unknown names are refused.
/// </summary>
/// <remarks>
/// Always accepted: IP addresses; <c>localhost</c> and names below it; names without a dot, as in <c>http://renderbox:8080</c>, which nobody
/// can own in public DNS; and this machine's name with the suffixes of local networks.
/// </remarks>
internal sealed class HostNames
{
    private static readonly string[] LocalSuffixes = ["local", "lan", "home", "home.arpa", "internal", "localdomain"];

    private readonly HashSet<string> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _below = [];
    private readonly bool _any;

    /// <param name="machineName">This machine's name, with or without its domain.</param>
    /// <param name="configured">Entries of the setting <c>hosts</c>: a name, <c>*.domain</c> for all below a domain, or <c>*</c> for any.</param>
    public HostNames(string machineName, IEnumerable<string> configured)
    {
        _exact.UnionWith(OfMachine(machineName));
        foreach (var entry in configured)
        {
            if (entry == "*")
                _any = true;
            else if (entry.StartsWith("*."))
                _below.Add(entry[1..]);
            else
                _exact.Add(entry);
        }
    }

    /// <summary>The names of a machine in local networks; the first one is its name as it was given.</summary>
    /// <param name="machineName">The machine's name, with or without its domain.</param>
    public static IReadOnlyList<string> OfMachine(string machineName)
    {
        var shortName = machineName.Split('.')[0];
        return [machineName, shortName, .. LocalSuffixes.Select(suffix => $"{shortName}.{suffix}")];
    }

    /// <summary>Whether the setting <c>hosts</c> may have this entry.</summary>
    public static bool IsPattern(string entry) =>
        entry == "*" || Uri.CheckHostName(entry.StartsWith("*.") ? entry[2..] : entry) == UriHostNameType.Dns;

    /// <summary>Whether a request for <paramref name="host"/> (no port) is for this server.</summary>
    public bool Contains(string host)
    {
        var name = host.TrimEnd('.');
        return _any
            || !name.Contains('.')
            || IPAddress.TryParse(name, out _)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || _exact.Contains(name)
            || _below.Any(suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }
}
