using System.Net;
using System.Net.Sockets;

namespace Farm.Tests.Drills.Managers;

/// <summary>Forwards connections to the database, and stops forwarding without closing them while it is cut. Needs no rights.</summary>
internal sealed class DatabaseProxy : IDatabaseLink
{
    private readonly int _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private volatile TaskCompletionSource _open = NewGate(isOpen: true);

    public DatabaseProxy(int target)
    {
        _target = target;
        _listener.Start(512);
        _ = AcceptAsync();
    }

    public string Database => PostgresCluster.Database("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    public string Host => "127.0.0.1";

    public string? Namespace => null;

    public void Cut() => _open = NewGate(isOpen: false);

    public void Heal() => _open.TrySetResult();

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
    }

    private static TaskCompletionSource NewGate(bool isOpen)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isOpen) gate.SetResult();
        return gate;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ForwardAsync(await _listener.AcceptSocketAsync(_stopping.Token));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The drill is over.
        }
    }

    private async Task ForwardAsync(Socket manager)
    {
        using (manager)
        using (var database = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                (manager.NoDelay, database.NoDelay) = (true, true);
                await _open.Task.WaitAsync(_stopping.Token);
                await database.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
                await await Task.WhenAny(PumpAsync(manager, database), PumpAsync(database, manager));
            }
            catch (Exception lost) when (lost is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The other end learns of it.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var count = await from.ReceiveAsync(buffer, _stopping.Token);
            await _open.Task.WaitAsync(_stopping.Token);
            if (count == 0) return;
            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), _stopping.Token);
        }
    }
}
