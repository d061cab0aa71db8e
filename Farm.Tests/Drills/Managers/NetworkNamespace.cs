using System.Diagnostics;

namespace Farm.Tests.Drills.Managers;

/// <summary>
/// A network of its own for a manager (ip-netns(8)), with one cable to its clients and one to the database that can be pulled. Needs Linux and
/// root.
/// </summary>
internal sealed class NetworkNamespace : IDatabaseLink
{
    /// <summary>The networks of all namespaces.</summary>
    public const string Networks = "10.213.0.0/16";

    private readonly string _name;
    private readonly string _cable;

    /// <summary>Makes the namespace.</summary>
    /// <param name="number">The number of the manager, from 0.</param>
    /// <param name="port">The port of the database.</param>
    public NetworkNamespace(int number, int port)
    {
        // Several drills may run on one machine.
        var drill = Environment.ProcessId % 1000;
        (_name, _cable) = ($"farm{drill}n{number}", $"farm{drill}d{number}");
        var net = $"10.213.{(drill * 4 + number) % 256}";
        Namespace = _name;
        Host = $"{net}.2";
        Database = PostgresCluster.Database($"{net}.129", port);
        Ip($"netns add {_name}");
        Lay($"farm{drill}c{number}", $"{net}.1/25", "clients", $"{net}.2/25");
        Lay(_cable, $"{net}.129/25", "database", $"{net}.130/25");
        Ip($"-n {_name} link set lo up");
    }

    public string Database { get; }

    public string Host { get; }

    public string? Namespace { get; }

    /// <summary>Whether this account may make namespaces on this machine.</summary>
    public static bool IsPossible()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return false;
        var name = $"farm-test-{Environment.ProcessId}";
        if (!TryIp($"netns add {name}")) return false;
        var isPossible = TryIp($"link add {name[5..]}a type veth peer name {name[5..]}b netns {name}") && TryIp($"netns exec {name} true");
        return TryIp($"netns del {name}") && isPossible;
    }

    public void Cut() => Ip($"link set {_cable} down");

    public void Heal() => Ip($"link set {_cable} up");

    public void Dispose() => TryIp($"netns del {_name}");

    private void Lay(string outer, string outerAddress, string inner, string innerAddress)
    {
        Ip($"link add {outer} type veth peer name {inner} netns {_name}");
        Ip($"addr add {outerAddress} dev {outer}");
        Ip($"link set {outer} up");
        Ip($"-n {_name} addr add {innerAddress} dev {inner}");
        Ip($"-n {_name} link set {inner} up");
    }

    private static void Ip(string arguments)
    {
        if (!TryIp(arguments)) throw new InvalidOperationException($"ip {arguments} failed");
    }

    private static bool TryIp(string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
