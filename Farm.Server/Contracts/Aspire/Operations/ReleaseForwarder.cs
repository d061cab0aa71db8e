using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Farm.Server.Contracts.Aspire.Store;
using Farm.Server.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.Aspire.Operations;

/// <summary>
/// Tells workers that seeds were released, where the studio wants that (Contracts/Aspire/Contract.md section 5.4). The farm then calls addresses that clients
/// gave it: in the background, only in the networks that it answers itself, and without following redirects.
/// </summary>
/// <param name="store">Knows where workers listen.</param>
/// <param name="settings">Whether it is wanted.</param>
/// <param name="mayCall">Whether an address is in the networks that the farm answers.</param>
/// <param name="time">The clock of new workers.</param>
/// <param name="log">For the person who runs the farm.</param>
internal sealed class ReleaseForwarder(
    FarmStore store, BatchSettings settings, Func<IPAddress, bool> mayCall, TimeProvider time, ILogger<ReleaseForwarder> log) : BackgroundService
{
    private const string Path = "/aspire/_api/worker/release/seed";
    private const int MostWaiting = 256;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Channel<IReadOnlyList<string>> _waiting = Channel.CreateBounded<IReadOnlyList<string>>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>Whether workers are told at all.</summary>
    public bool IsOn => settings.ForwardReleases;

    /// <summary>Remembers where a worker listens; it is known from then on.</summary>
    /// <param name="name">What the worker calls itself.</param>
    /// <param name="address">A URL like <c>http://10.0.0.7:9090</c>.</param>
    /// <param name="from">Where the call came from.</param>
    /// <exception cref="FarmException">The address is no such URL, or (where it names the address itself) in none of the farm's networks.</exception>
    public Task RememberAsync(string name, string address, string from)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw FarmException.Invalid("\"address\" must be a URL like http://10.0.0.7:9090");
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) && !mayCall(ip))
            throw FarmException.Invalid("\"address\" is in none of the networks that this farm answers");
        return store.WriteAsync(tx =>
        {
            var worker = BatchWorkers.Here(tx, name, from, () => Guid.CreateVersion7(time.GetUtcNow()));
            WorkerUrlTable.Set(tx.Db, worker.Id, url.AbsoluteUri.TrimEnd('/'));
        });
    }

    /// <summary>Has the workers told that seeds were released. Never waits: when too much does, this is left out, and the log says so.</summary>
    public void Enqueue(IReadOnlyList<string> seeds)
    {
        if (IsOn && !_waiting.Writer.TryWrite(seeds))
            log.LogWarning("Workers are not told of the release of {Seeds} seeds: {Waiting} releases wait to be told already", seeds.Count, MostWaiting);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!IsOn) return;
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
                await Task.WhenAll(store.Read(WorkerUrlTable.All).Select(worker => TellAsync(client, worker.Name, worker.Url, body, stoppingToken)));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task TellAsync(HttpClient client, string name, string url, string body, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, url + Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                log.LogWarning("Worker {Name} at {Url} was told of a released seed and answered {Status}", name, url, (int)answer.StatusCode);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            log.LogWarning("Worker {Name} at {Url} could not be told of a released seed: {Reason}", name, url, failure.Message);
        }
    }

    /// <summary>The address is checked where it is used: a name may stand for another one than when it was given.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var allowed = Array.FindAll(addresses, address => mayCall(address));
        if (allowed.Length == 0) throw new HttpRequestException("it is in none of the networks that this farm answers");
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
