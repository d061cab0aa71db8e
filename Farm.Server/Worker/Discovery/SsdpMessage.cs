using System.Net;
using System.Text;

namespace Farm.Server.Worker.Discovery;

/// <summary>The SSDP messages of the worker (contract section 10).</summary>
internal static class SsdpMessage
{
    private const string ServiceType = "urn:flamenco:manager:0";
    private const string ManagerDevice = "uuid:aa80bc5f-d0af-46b8-8630-23bd7e80ec4d";

    public static byte[] Search(IPEndPoint target) => Encoding.ASCII.GetBytes(
        $"M-SEARCH * HTTP/1.1\r\nHOST: {target}\r\nMAN: \"ssdp:discover\"\r\nMX: 3\r\nST: {ServiceType}\r\nUSER-AGENT: farm-worker/{SoftwareVersion.Number}\r\n\r\n");

    /// <summary>The URL in a manager's answer: scheme, host and port. Null for other datagrams.</summary>
    public static Uri? ManagerAddress(ReadOnlySpan<byte> datagram)
    {
        var lines = Encoding.UTF8.GetString(datagram).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || !lines[0].StartsWith("HTTP/1.1 200", StringComparison.OrdinalIgnoreCase)) return null;
        if (Header(lines, "USN") is not { } usn || !usn.StartsWith(ManagerDevice, StringComparison.OrdinalIgnoreCase)) return null;
        if (!Uri.TryCreate(Header(lines, "LOCATION"), UriKind.Absolute, out var location)) return null;
        return location.Scheme == Uri.UriSchemeHttp || location.Scheme == Uri.UriSchemeHttps
            ? new Uri(location.GetLeftPart(UriPartial.Authority) + "/")
            : null;
    }

    private static string? Header(string[] lines, string name) =>
        lines.Skip(1)
            .Select(line => line.Split(':', 2, StringSplitOptions.TrimEntries))
            .FirstOrDefault(parts => parts.Length == 2 && parts[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1];
}
