using System.Net;

namespace Farm.Server.Contracts.Shared;

/// <summary>The address of the client of a request.</summary>
internal static class ClientAddress
{
    /// <summary>The client's address, with IPv4-mapped addresses as plain IPv4; empty when there is none.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        IPAddress address => address.ToString(),
    };
}
