using System.Net;
using System.Net.Sockets;
using Farm.Server.Hosting.Security;

namespace Farm.Server.Hosting.Discovery;

/// <summary>
/// Lets workers find the farm (Contracts/Flamenco/Contract.md section 10): answers searches and announces the farm at
/// its start, every hour and at its stop. If the port is not available, the farm runs without discovery.
/// </summary>
/// <param name="listening">The addresses that the web server listens on, known when <paramref name="started"/> completes.</param>
/// <param name="machine">The addresses of this machine, read again for each announcement because they change.</param>
/// <param name="certified">The host names of a certificate that workers verify.</param>
/// <param name="answered">The networks to answer: senders of datagrams are easily forged, and others must not be sent anything.</param>
/// <param name="started">Completes when the web server listens.</param>
internal sealed class DiscoveryService(
    DiscoverySettings settings,
    Func<IEnumerable<string>> listening,
    Func<IReadOnlyCollection<IPAddress>> machine,
    Func<IReadOnlyCollection<string>> certified,
    NetworkList answered,
    Task started,
    TimeProvider time,
    ILogger<DiscoveryService> log) : BackgroundService
{
    private readonly TaskCompletionSource<int> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IReadOnlyList<Uri> _urls = [];

    /// <summary>Completes with the port once the service listens, or with 0 if it does not.</summary>
    public Task<int> Ready => _ready.Task;

    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await started.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (cancellationToken.IsCancellationRequested)
        {
            // The server failed to start.
            _ready.TrySetResult(0);
            return;
        }

        _urls = Urls();
        using var socket = Open();
        _ready.TrySetResult(socket?.Port ?? 0);
        if (socket is null)
            return;
        try
        {
            var announcing = AnnounceAsync(socket, cancellationToken);
            await AnswerAsync(socket, cancellationToken);
            await announcing;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await socket.AnnounceAsync(SsdpMessages.ByeBye(settings.Port));
        }
    }

    private IReadOnlyList<Uri> Urls() => ManagerUrls.From(listening(), machine(), certified());

    private SsdpSocket? Open()
    {
        if (!settings.Autodiscoverable)
            return null;
        if (_urls.Count == 0)
        {
            log.LogInformation("Discovery is off, because the farm listens only to its own machine; start workers with --manager");
            return null;
        }
        try
        {
            return new SsdpSocket(settings.Port, machine());
        }
        catch (SocketException e)
        {
            log.LogWarning("Discovery is off, because UDP port {Port} cannot be opened ({Reason}); start workers with --manager", settings.Port, e.Message);
            return null;
        }
    }

    private async Task AnnounceAsync(SsdpSocket socket, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SsdpMessages.MaxAge, time);
        do
        {
            _urls = Urls();
            foreach (var url in _urls)
                await socket.AnnounceAsync(SsdpMessages.Alive(url, settings.Port));
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task AnswerAsync(SsdpSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[2048];
        while (true)
        {
            SocketReceiveFromResult received;
            try
            {
                received = await socket.ReceiveAsync(buffer, cancellationToken);
            }
            catch (SocketException)
            {
                // The datagram was too long, or an earlier answer was rejected.
                continue;
            }
            if (SsdpMessages.ParseSearch(buffer.AsSpan(0, received.ReceivedBytes)) is not { } target || !SsdpMessages.IsForUs(target))
                continue;
            if (received.RemoteEndPoint is not IPEndPoint asker || !answered.Contains(asker.Address))
                continue;
            foreach (var url in _urls)
                await socket.SendAsync(SsdpMessages.Answer(url, time.GetUtcNow()), asker);
        }
    }
}
