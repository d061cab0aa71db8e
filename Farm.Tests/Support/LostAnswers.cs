using System.Net;
using System.Net.Sockets;

namespace Farm.Tests.Support;

/// <summary>Stands between a client and a farm, and loses the answers to the first requests after the farm has given them.</summary>
internal sealed class LostAnswers : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _farm;
    private int _left;

    public LostAnswers(Uri farm, int count)
    {
        (_farm, _left) = (farm.Port, count);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where the client connects.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        using (var farm = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                await farm.ConnectAsync(IPAddress.Loopback, _farm);
                _ = PumpAsync(client, farm);
                var buffer = new byte[64 * 1024];
                while (await farm.ReceiveAsync(buffer) is var count and > 0)
                {
                    if (Interlocked.Decrement(ref _left) >= 0) return;
                    await client.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (SocketException)
            {
                // One of them has gone.
            }
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer) is var count and > 0) await to.SendAsync(buffer.AsMemory(0, count));
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // The other end learns of it.
        }
    }
}
