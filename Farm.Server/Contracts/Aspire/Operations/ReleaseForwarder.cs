using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>
/// Notifies workers of released seeds, if enabled (Contracts/Aspire/Contract.md section 5.4). Calls the URLs that workers registered: in the
/// background, only in the allowed networks, and without following redirects.
/// </summary>
/// <param name="store">Knows where workers listen.</param>
/// <param name="settings">Whether it is wanted.</param>
/// <param name="isAllowed">Whether an address is in the setting <c>networks</c>.</param>
/// <param name="time">The clock of new workers.</param>
/// <param name="log">For the person who runs the farm.</param>
internal sealed class ReleaseForwarder(
    FarmStore store, BatchSettings settings, Func<IPAddress, bool> isAllowed, TimeProvider time, ILogger<ReleaseForwarder> log) : BackgroundService
{
    private const string Path = "/aspire/_api/worker/release/seed";
    private const int MaxQueued = 256;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Channel<IReadOnlyList<string>> _waiting = Channel.CreateBounded<IReadOnlyList<string>>(
        new BoundedChannelOptions(MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Whether forwarding is enabled.</summary>
    public bool IsEnabled => settings.ForwardReleases;

    /// <summary>Stores the URL of a worker, and registers the worker if it is new.</summary>
    /// <param name="caller">Who asks; a new worker may have to wait for approval.</param>
    /// <param name="name">The worker's name.</param>
    /// <param name="address">A URL like <c>http://10.0.0.7:9090</c>.</param>
    /// <param name="from">The network address of the request.</param>
    /// <exception cref="FarmException">The address is not such a URL, or its IP address is not in an allowed network.</exception>
    public Task RegisterUrlAsync(Caller caller, string name, string address, string from)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw FarmException.Invalid("\"address\" must be a URL like http://10.0.0.7:9090");
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && !isAllowed(ip))
            throw FarmException.Invalid("\"address\" is not in the networks that this farm allows");
        return store.WriteAsync(tx =>
        {
            var worker = BatchWorkers.GetOrRegister(tx, caller, name, from, () => Guid.CreateVersion7(time.GetUtcNow()));
            WorkerUrlTable.Set(tx.Db, worker.Id, url.AbsoluteUri.TrimEnd('/'));
        });
    }

    /// <summary>Queues a notification of released seeds. Never blocks; if the queue is full, the notification is dropped and logged.</summary>
    public void Enqueue(IReadOnlyList<string> seeds)
    {
        if (IsEnabled && !_waiting.Writer.TryWrite(seeds))
            log.LogWarning("Workers are not notified of {Seeds} released seeds: {Waiting} notifications are already queued", seeds.Count, MaxQueued);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsEnabled) return;
        using var client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = ConnectAsync,
        })
        { Timeout = Timeout };
        try
        {
            await foreach (var seeds in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                var body = JsonSerializer.Serialize(new ReleasedSeeds(seeds), ReleaseJson.Default.ReleasedSeeds);
                await Task.WhenAll(store.Read(WorkerUrlTable.All).Select(worker => NotifyAsync(client, worker.Name, worker.Url, body, stoppingToken)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private async Task NotifyAsync(HttpClient client, string name, string url, string body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, url + Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                log.LogWarning("Worker {Name} at {Url} answered {Status} to a notification of a released seed", name, url, (int)answer.StatusCode);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            log.LogWarning("Cannot notify worker {Name} at {Url} of a released seed: {Reason}", name, url, failure.Message);
        }
    }

    /// <summary>Checks the resolved address here, as DNS may have changed since the registration.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => isAllowed(address));
        if (allowed.Length == 0) throw new HttpRequestException("the address is not in the networks that this farm allows");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
