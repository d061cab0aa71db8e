using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Farm.Server.Worker.Protocol;

namespace Farm.Server.Worker.Discovery;

/// <summary>Finds a manager on the local network (contract section 10).</summary>
/// <param name="options">The options of the worker.</param>
/// <param name="trust">Which certificate of a manager is accepted.</param>
/// <param name="needsHttps">Whether managers without https are passed over.</param>
/// <param name="logger">The log.</param>
internal sealed class ManagerDiscovery(WorkerOptions options, Func<Uri, ServerTrust> trust, bool needsHttps, ILogger<ManagerDiscovery> logger)
{
    private static readonly TimeSpan SearchInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan VersionTimeout = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, bool> _told = new();

    /// <summary>Searches on every network of this machine until a manager answers.</summary>
    public async Task<Uri> FindAsync(CancellationToken cancellationToken)
    {
        logger.LogInformation("Searching the local network for a manager (SSDP {Target}); use --manager URL to skip the search",
            options.DiscoveryTarget);
        var sockets = OpenSockets();
        using var found = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var search = SearchAsync(sockets, found.Token);
            var answers = sockets.Select(socket => ListenAsync(socket, found.Token)).ToList();
            var winner = await await Task.WhenAny(answers);
            await found.CancelAsync();
            await Task.WhenAll([search, .. answers]).ContinueWith(_ => { }, TaskScheduler.Default);
            logger.LogInformation("Found a manager at {Manager}", winner);
            return winner;
        }
        finally
        {
            await found.CancelAsync();
            foreach (var socket in sockets) socket.Dispose();
        }
    }

    // One socket per address, because multicasts are sent only to the socket's own network.
    private List<UdpClient> OpenSockets()
    {
        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork);
        List<UdpClient> sockets = [];
        foreach (var address in addresses)
        {
            try
            {
                sockets.Add(new UdpClient(new IPEndPoint(address, 0)));
            }
            catch (SocketException e)
            {
                logger.LogDebug("Not searching on {Address}: {Problem}", address, e.Message);
            }
        }
        return sockets.Count > 0 ? sockets : [new UdpClient(new IPEndPoint(IPAddress.Any, 0))];
    }

    private async Task SearchAsync(List<UdpClient> sockets, CancellationToken cancellationToken)
    {
        var message = SsdpMessage.Search(options.DiscoveryTarget);
        while (true)
        {
            foreach (var socket in sockets)
            {
                try
                {
                    await socket.SendAsync(message, options.DiscoveryTarget, cancellationToken);
                }
                catch (SocketException e)
                {
                    logger.LogDebug("Cannot search from {Address}: {Problem}", socket.Client.LocalEndPoint, e.Message);
                }
            }
            await Task.Delay(SearchInterval, options.Time, cancellationToken);
        }
    }

    private async Task<Uri> ListenAsync(UdpClient socket, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var datagram = await socket.ReceiveAsync(cancellationToken);
                if (SsdpMessage.ManagerAddress(datagram.Buffer) is { } address && await AnswersAsync(address, cancellationToken)) return address;
            }
            catch (SocketException e)
            {
                logger.LogDebug("Cannot listen on {Address}: {Problem}", socket.Client.LocalEndPoint, e.Message);
                await Task.Delay(SearchInterval, options.Time, cancellationToken);
            }
        }
    }

    private async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        if (needsHttps && address.Scheme != Uri.UriSchemeHttps)
        {
            if (_told.TryAdd(address.AbsoluteUri, true)) logger.LogInformation("Discovered a manager at {Manager}, but this worker needs one with https", address);
            return false;
        }

        using var manager = new ManagerClient(address, VersionTimeout, trust(address));
        var answer = await manager.VersionAsync(cancellationToken);
        // Managers answer every search.
        if (answer.Status != 200 && _told.TryAdd($"{address} {answer}", true))
            logger.LogInformation("Discovered a manager at {Manager}, but it does not answer ({Answer})", address, answer);
        return answer.Status == 200;
    }
}
