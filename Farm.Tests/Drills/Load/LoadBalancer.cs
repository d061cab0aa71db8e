using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Farm.Tests.Drills.Load;

/// <summary>
/// Sends each request to a random manager, and to another when one refuses the connection, does not answer or answers 503; what a load balancer
/// without stickiness does.
/// </summary>
internal sealed class LoadBalancer(IReadOnlyList<Uri> managers, Ledger ledger, int seed) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient[] _clients =
    [
        .. managers.Select(manager => new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, ConnectTimeout = Timeout })
        {
            BaseAddress = manager,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        }),
    ];

    private readonly Random _random = new(seed);

    /// <summary>How long a request is sent again and again. A server that is killed all the time needs more of it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>All pauses of clients are multiplied by this.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>Sends a request once.</summary>
    /// <returns>Null if it is unknown whether the request had an effect.</returns>
    public Task<Answer?> TrySendAsync(Request request) => TrySendAsync(request, Timeout);

    private async Task<Answer?> TrySendAsync(Request request, TimeSpan timeout)
    {
        foreach (var client in Shuffled())
        {
            try
            {
                var answer = await SendAsync(client, request, timeout);
                if (answer.Status >= 500) ledger.ServerErrors.Add($"{request.Method} {request.Path}: {answer.Status} {answer.Text}");
                if (!answer.IsUnavailable) return answer;
                if (answer.IsRefused) ledger.AddRefused(request.Makes ?? []);
                return await UnknownAsync();
            }
            catch (HttpRequestException refused) when (refused.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                // It was not sent.
            }
            catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
            {
                return await UnknownAsync();
            }
        }

        return await UnknownAsync();
    }

    /// <summary>
    /// Sends a request until it is answered, and gives it more time each time: what takes a busy farm too long would never end. Its effect must be
    /// the same if it has it twice.
    /// </summary>
    /// <exception cref="TimeoutException">It was not answered for minutes.</exception>
    public async Task<Answer> SendAsync(Request request)
    {
        var started = Stopwatch.GetTimestamp();
        for (var timeout = Timeout; Stopwatch.GetElapsedTime(started) < Patience; timeout += Timeout)
        {
            if (await TrySendAsync(request, timeout) is { } answer) return answer;
        }

        throw new TimeoutException($"{request.Method} {request.Path} was not answered within {Patience.TotalMinutes:0} minutes, however often it was sent");
    }

    /// <summary>Sends a request to one manager, with a timeout.</summary>
    /// <exception cref="HttpRequestException">There is no answer.</exception>
    /// <exception cref="OperationCanceledException">It took too long.</exception>
    public Task<Answer> SendAsync(int manager, Request request, TimeSpan timeout) => SendAsync(_clients[manager], request, timeout);

    /// <summary>The managers in a random order.</summary>
    public int[] Order()
    {
        int[] order = [.. Enumerable.Range(0, _clients.Length)];
        lock (_random) _random.Shuffle(order);
        return order;
    }

    public void Dispose()
    {
        foreach (var client in _clients) client.Dispose();
    }

    /// <summary>Counts it, and keeps clients from asking again at once.</summary>
    private async Task<Answer?> UnknownAsync()
    {
        ledger.CountUnknown();
        await Task.Delay(BeforeRetry);
        return null;
    }

    private IEnumerable<HttpClient> Shuffled() => Order().Select(number => _clients[number]);

    private static async Task<Answer> SendAsync(HttpClient client, Request request, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Path);
        message.Content = request.Body switch
        {
            string json => new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
            byte[] bytes => new ByteArrayContent(bytes),
            _ => request.Method == "GET" ? null : new ByteArrayContent([]),
        };
        foreach (var (name, value) in request.Headers ?? []) message.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(message, deadline.Token);
        var cookies = answer.Headers.TryGetValues("Set-Cookie", out var values) ? string.Join(';', values) : "";
        return new Answer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(deadline.Token))
        {
            Cookies = cookies,
            ContentType = $"{answer.Content.Headers.ContentType}",
        };
    }
}
