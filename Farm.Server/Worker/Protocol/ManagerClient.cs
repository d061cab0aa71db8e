using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Protocol;

/// <summary>
/// The manager's worker operations (contract section 3), one method each. A method never throws for what the network or the manager does;
/// it throws <see cref="OperationCanceledException"/> only when its own token is cancelled.
/// </summary>
internal sealed class ManagerClient : IDisposable
{
    /// <summary>Names the hand-out that a request without a JSON body is about. Other managers ignore it.</summary>
    public const string AttemptHeader = "X-Farm-Attempt";

    private const string Base = "api/v3/worker/";
    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private AuthenticationHeaderValue? _authentication;

    /// <param name="manager">Where the manager answers; a path prefix is kept.</param>
    /// <param name="timeout">How long one request may take.</param>
    public ManagerClient(Uri manager, TimeSpan timeout)
    {
        Manager = manager;
        _timeout = timeout;
        var root = manager.AbsoluteUri.EndsWith('/') ? manager : new Uri(manager.AbsoluteUri + "/");
        // A farm's manager is on the local network: an office's web proxy has no business in between.
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _http = new HttpClient(handler)
        {
            BaseAddress = root,
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = 16 * 1024 * 1024,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"farm-worker/{SoftwareVersion.Number}");
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
    }

    public Uri Manager { get; }

    /// <summary>The identity under which everything but registration is asked from now on.</summary>
    public void Use(Credentials credentials) =>
        _authentication = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Uuid}:{credentials.Secret}")));

    public Task<ManagerAnswer> RegisterAsync(WorkerRegistration registration, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Base + "register-worker", Json(registration, WorkerJson.Default.WorkerRegistration), null, cancellationToken);

    public Task<ManagerAnswer> SignOnAsync(WorkerSignOn signOn, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Base + "sign-on", Json(signOn, WorkerJson.Default.WorkerSignOn), null, cancellationToken);

    public Task<ManagerAnswer> SignOffAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Base + "sign-off", null, null, cancellationToken);

    public Task<ManagerAnswer> StateAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, Base + "state", null, null, cancellationToken);

    public Task<ManagerAnswer> StateChangedAsync(string status, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Base + "state-changed", Json(new(status), WorkerJson.Default.WorkerStateChanged), null, cancellationToken);

    public Task<ManagerAnswer> ScheduleAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Base + "task", null, null, cancellationToken);

    public Task<ManagerAnswer> UpdateAsync(string taskId, TaskUpdate update, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Base + "task/" + taskId, Json(update, WorkerJson.Default.TaskUpdate), null, cancellationToken);

    public Task<ManagerAnswer> MayIRunAsync(string taskId, string? attempt, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"{Base}task/{taskId}/may-i-run", null, attempt, cancellationToken);

    /// <param name="mediaType">`image/png` or `image/jpeg`.</param>
    public Task<ManagerAnswer> OutputProducedAsync(
        string taskId, string? attempt, ReadOnlyMemory<byte> image, string mediaType, CancellationToken cancellationToken)
    {
        var content = new ReadOnlyMemoryContent(image);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return SendAsync(HttpMethod.Post, $"{Base}task/{taskId}/output-produced", content, attempt, cancellationToken);
    }

    public Task<ManagerAnswer> VersionAsync(CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, "api/v3/version", null, null, cancellationToken);

    /// <summary>
    /// A request whose body or answer may be a file of any size: it is given up when nothing moves for as long as another request may take.
    /// </summary>
    /// <param name="content">Makes the body; called once.</param>
    /// <param name="receive">Makes the answer of the response.</param>
    /// <exception cref="LocalFileException">This machine's disk is the trouble, not the manager.</exception>
    public async Task<ManagerAnswer> TransferAsync(
        HttpMethod method, string path, string? attempt, Func<TransferDeadline, HttpContent?> content,
        Func<HttpResponseMessage, TransferDeadline, Task<ManagerAnswer>> receive, CancellationToken cancellationToken)
    {
        using var deadline = new TransferDeadline(_timeout, cancellationToken);
        using var request = new HttpRequestMessage(method, path) { Content = content(deadline) };
        request.Headers.Authorization = _authentication;
        if (attempt is not null) request.Headers.TryAddWithoutValidation(AttemptHeader, attempt);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return await receive(response, deadline);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ManagerAnswer(0, default, $"nothing moved for {_timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException && e is not LocalFileException)
        {
            return NoAnswer(e);
        }
    }

    /// <summary>The answer with its whole body, for <see cref="TransferAsync"/>.</summary>
    public static async Task<ManagerAnswer> ReadBodyAsync(HttpResponseMessage response, TransferDeadline deadline) =>
        new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(deadline.Token));

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        // Buffered, so that the request has a Content-Length: some managers refuse chunked bodies.
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task<ManagerAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? content, string? attempt, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = _authentication;
        if (attempt is not null) request.Headers.TryAddWithoutValidation(AttemptHeader, attempt);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_timeout);
        try
        {
            using var response = await _http.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            return new ManagerAnswer((int)response.StatusCode, body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ManagerAnswer(0, default, $"no answer within {_timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return NoAnswer(e);
        }
    }

    private static ManagerAnswer NoAnswer(Exception e) =>
        new(0, default, e.InnerException is WebException or System.Net.Sockets.SocketException ? e.InnerException.Message : e.Message);
}
