using System.Net;
using System.Net.Sockets;

namespace Farm.Tests.Drills.Answers;

/// <summary>
/// Forwards connections to the server, and cuts some of them when a request has been sent and its answer not been read: at once, before the answer, or in the
/// middle of it. It delays other answers, some for longer than clients wait.
/// </summary>
internal sealed class CuttingProxy : IDisposable
{
    private const double CutOfRequest = 0.03;
    private const double CutOfAnswer = 0.06;
    private const double CutWithinAnswer = 0.03;
    private const double Delayed = 0.03;

    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly int _target;
    private readonly Random _random;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private int _cutRequests;
    private int _cutAnswers;
    private int _cutParts;
    private int _delayed;

    /// <summary>Starts to forward.</summary>
    /// <param name="target">The port of the server.</param>
    /// <param name="seed">The source of random numbers.</param>
    public CuttingProxy(int target, int seed)
    {
        (_target, _random) = (target, new Random(seed));
        _listener.Start(512);
        _ = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Whether everything gets through from now on.</summary>
    public bool IsKind { get; set; }

    /// <summary>What it did, for people.</summary>
    public string Figures => $"{_cutRequests} connections cut after the request, {_cutAnswers} before the answer, {_cutParts} within it; {_delayed} answers delayed by up to {LongestDelay.TotalSeconds:0} s";

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
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

    private async Task ForwardAsync(Socket client)
    {
        using (client)
        using (var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            try
            {
                (client.NoDelay, server.NoDelay) = (true, true);
                await server.ConnectAsync(IPAddress.Loopback, _target, _stopping.Token);
                await await Task.WhenAny(PumpAsync(client, server, RequestAsync), PumpAsync(server, client, AnswerAsync));
            }
            catch (Exception lost) when (lost is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The other end learns of it.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Func<int, Task<(int Forwarded, bool IsCut)>> decide)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and var count)
        {
            var (forwarded, isCut) = await decide(count);
            for (var sent = 0; sent < forwarded;) sent += await to.SendAsync(buffer.AsMemory(sent, forwarded - sent), _stopping.Token);
            if (isCut) return;
        }
    }

    private Task<(int Forwarded, bool IsCut)> RequestAsync(int count)
    {
        if (IsKind || Chance() >= CutOfRequest) return Task.FromResult((count, false));
        Interlocked.Increment(ref _cutRequests);
        return Task.FromResult((count, true));
    }

    private async Task<(int Forwarded, bool IsCut)> AnswerAsync(int count)
    {
        if (IsKind) return (count, false);
        switch (Chance())
        {
            case < CutOfAnswer:
                Interlocked.Increment(ref _cutAnswers);
                return (0, true);
            case < CutOfAnswer + CutWithinAnswer:
                Interlocked.Increment(ref _cutParts);
                return ((int)(count * Chance()), true);
            case < CutOfAnswer + CutWithinAnswer + Delayed:
                Interlocked.Increment(ref _delayed);
                await Task.Delay(LongestDelay * Chance(), _stopping.Token);
                return (count, false);
            default:
                return (count, false);
        }
    }

    private double Chance()
    {
        lock (_random) return _random.NextDouble();
    }
}
