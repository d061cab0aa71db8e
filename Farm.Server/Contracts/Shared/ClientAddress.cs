using System.Net;

namespace Farm.Server.Contracts.Shared;

/// <summary>Where a request comes from.</summary>
internal static class ClientAddress
{
    /// <summary>The client's address, an IPv4 address as such whichever socket it came over; empty where there is none.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        IPAddress address => address.ToString(),
    };
}
