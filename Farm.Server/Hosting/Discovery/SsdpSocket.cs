using System.Net;
using System.Net.Sockets;

namespace Farm.Server.Hosting.Discovery;

/// <summary>A UDP socket that joins the SSDP multicast group on every interface and shares its port with other UPnP programs.</summary>
internal sealed class SsdpSocket : IDisposable
{
    private static readonly IPAddress Group = IPAddress.Parse(SsdpMessages.MulticastAddress);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly List<IPAddress> _interfaces = [];

    /// <summary>Opens the port.</summary>
    /// <exception cref="SocketException">The port cannot be shared.</exception>
    public SsdpSocket(int port, IEnumerable<IPAddress> machine)
    {
        try
        {
            _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            _socket.Bind(new IPEndPoint(IPAddress.Any, port));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
        Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        foreach (var own in machine.Where(address => address.AddressFamily == AddressFamily.InterNetwork))
            Join(own);
    }

    public int Port { get; }

    public Task<SocketReceiveFromResult> ReceiveAsync(byte[] buffer, CancellationToken cancellationToken) =>
        _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), cancellationToken).AsTask();

    public async Task SendAsync(byte[] message, EndPoint to)
    {
        try
        {
            await _socket.SendToAsync(message, SocketFlags.None, to);
        }
        catch (SocketException)
        {
            // The client or its network is gone; clients repeat their searches.
        }
    }

    /// <summary>Sends to the group on every interface that could be joined.</summary>
    public async Task AnnounceAsync(byte[] message)
    {
        foreach (var own in _interfaces)
        {
            try
            {
                _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, own.GetAddressBytes());
            }
            catch (SocketException)
            {
                continue;
            }
            await SendAsync(message, new IPEndPoint(Group, Port));
        }
    }

    public void Dispose() => _socket.Dispose();

    private void Join(IPAddress own)
    {
        try
        {
            _socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(Group, own));
            _interfaces.Add(own);
        }
        catch (SocketException)
        {
            // Workers do not search on interfaces without multicast, such as some tunnels.
        }
    }
}
