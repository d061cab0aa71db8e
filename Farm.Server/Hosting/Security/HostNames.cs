using System.Net;

namespace Farm.Server.Hosting.Security;

/// <summary>
/// The names under which this server may be addressed. The check is against DNS rebinding: a page of an attacker's domain, whose
/// address is then changed to that of this server, makes the visitor's browser speak to the farm as if it were the attacker's own
/// site. The browser still sends the attacker's domain as Host, so a domain that is not known is refused.
/// </summary>
/// <remarks>
/// Without any setting these are fine: addresses (no name is looked up, so none can be rebound); <c>localhost</c> and names below it;
/// names without a dot, as in <c>http://renderbox:8080</c> (public DNS has none that an attacker could own: they come from the
/// studio's own DNS, its hosts files or the local network); and this machine's name with the suffixes that only local networks use.
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
        _exact.Add(machineName);
        var shortName = machineName.Split('.')[0];
        _exact.UnionWith(LocalSuffixes.Select(suffix => $"{shortName}.{suffix}"));
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

    /// <summary>Whether the setting <c>hosts</c> may have this entry.</summary>
    public static bool IsPattern(string entry) =>
        entry == "*" || Uri.CheckHostName(entry.StartsWith("*.") ? entry[2..] : entry) == UriHostNameType.Dns;

    /// <summary>Whether a request for <paramref name="host"/> (no port) is meant for this server. Empty is: every browser sends one.</summary>
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
