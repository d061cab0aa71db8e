using System.Text;

namespace Farm.Server.Hosting.Discovery;

/// <summary>The messages of SSDP, the discovery protocol of UPnP.</summary>
internal static class SsdpMessages
{
    /// <summary>What workers search for.</summary>
    public const string ServiceType = "urn:flamenco:manager:0";

    /// <summary>The same for every manager: workers wait for an answer with it.</summary>
    public const string DeviceId = "uuid:aa80bc5f-d0af-46b8-8630-23bd7e80ec4d";

    public const string UniqueName = $"{DeviceId}::{ServiceType}";

    public const string MulticastAddress = "239.255.255.250";

    /// <summary>How long an announcement is valid; also the time between announcements.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    private const string Server = "SERVER: UPnP/1.0 Farm";

    /// <summary>The search target of an M-SEARCH, or null when the datagram is anything else. Never throws.</summary>
    public static string? ParseSearch(ReadOnlySpan<byte> datagram)
    {
        var lines = Encoding.Latin1.GetString(datagram).Split('\n');
        var start = lines[0].TrimEnd('\r').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (start.Length != 3 || start[0] != "M-SEARCH" || start[1] != "*" || !start[2].StartsWith("HTTP/1.", StringComparison.Ordinal))
            return null;
        string? target = null;
        var isDiscover = false;
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon < 0)
                continue;
            var value = line[(colon + 1)..].Trim();
            if (line[..colon].Trim().Equals("ST", StringComparison.OrdinalIgnoreCase))
                target = value;
            else if (line[..colon].Trim().Equals("MAN", StringComparison.OrdinalIgnoreCase))
                isDiscover = value.Trim('"').Equals("ssdp:discover", StringComparison.OrdinalIgnoreCase);
        }
        return isDiscover ? target : null;
    }

    /// <summary>Whether a search is for this farm: its service, its device, or everything.</summary>
    public static bool IsForUs(string target) => target is ServiceType or DeviceId or UniqueName or "ssdp:all" or "upnp:rootdevice";

    /// <summary>The answer to a search.</summary>
    public static byte[] Answer(Uri url, DateTimeOffset now) => Message(
        "HTTP/1.1 200 OK",
        $"CACHE-CONTROL: max-age={(int)MaxAge.TotalSeconds}",
        $"DATE: {now:R}",
        "EXT:",
        $"LOCATION: {Location(url)}",
        Server,
        $"ST: {ServiceType}",
        $"USN: {UniqueName}");

    /// <summary>The announcement of the farm.</summary>
    public static byte[] Alive(Uri url, int port) => Message(
        "NOTIFY * HTTP/1.1",
        $"HOST: {MulticastAddress}:{port}",
        $"CACHE-CONTROL: max-age={(int)MaxAge.TotalSeconds}",
        $"LOCATION: {Location(url)}",
        $"NT: {ServiceType}",
        "NTS: ssdp:alive",
        Server,
        $"USN: {UniqueName}");

    /// <summary>The announcement that the farm stops.</summary>
    public static byte[] ByeBye(int port) => Message(
        "NOTIFY * HTTP/1.1",
        $"HOST: {MulticastAddress}:{port}",
        $"NT: {ServiceType}",
        "NTS: ssdp:byebye",
        $"USN: {UniqueName}");

    private static Uri Location(Uri url) => new(url, DeviceDescription.Path);

    private static byte[] Message(params string[] lines) => Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n");
}
