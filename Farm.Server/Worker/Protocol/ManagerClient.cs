using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Protocol;

/// <summary>
/// The requests of a worker to the manager (contract section 3). Methods do not throw for network or server errors; they throw
/// <see cref="OperationCanceledException"/> only for their own token.
/// </summary>
internal sealed class ManagerClient : IDisposable
{
    /// <summary>The header with the attempt id, for requests without a JSON body. Other managers ignore it.</summary>
    public const string AttemptHeader = "X-Farm-Attempt";

    private const string Base = "api/v3/worker/";
    private const string IdentityHeader = "X-Farm-Identity";
    private const string ApprovalHeader = "X-Farm-Approval";
    private const string JoinHeader = "X-Api-Key";
    private const string KeyHeader = "Idempotency-Key";
    private readonly HttpClient _http;
    private readonly ServerTrust _trust;
    private readonly TimeSpan _timeout;
    private AuthenticationHeaderValue? _authentication;

    /// <param name="manager">The URL of the manager; a path prefix is kept.</param>
    /// <param name="timeout">The time limit of one request.</param>
    /// <param name="trust">Which certificate is accepted; null for one that this machine trusts.</param>
    public ManagerClient(Uri manager, TimeSpan timeout, ServerTrust? trust = null)
    {
        Manager = manager;
        _trust = trust ?? new ServerTrust(manager);
        _timeout = timeout;
        var root = manager.AbsoluteUri.EndsWith('/') ? manager : new Uri(manager.AbsoluteUri + "/");
        // The manager is on the local network, so no web proxy is used.
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _trust.ApplyTo(handler);
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

    /// <summary>Sets the credentials of all further requests.</summary>
    public void Use(Credentials credentials) =>
        _authentication = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Uuid}:{credentials.Secret}")));

    /// <summary>The code that is sent with the registration and the sign-on; null for none.</summary>
    public string? JoinCode { get; init; }

    /// <param name="registration">What the worker is.</param>
    /// <param name="key">The same for each try, so that only one worker is registered.</param>
    public Task<ManagerAnswer> RegisterAsync(WorkerRegistration registration, string key, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, Base + "register-worker", Json(registration, WorkerJson.Default.WorkerRegistration), null, cancellationToken, isAnonymous: true, joins: true, key: key);

    /// <summary>Asks which farm this is, and for the proof that it knows a worker. Sends no credentials.</summary>
    public Task<ManagerAnswer> IdentityAsync(string uuid, string nonce, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, $"api/farm/v1/identity?worker={Uri.EscapeDataString(uuid)}&nonce={nonce}", null, null, cancellationToken, isAnonymous: true);

    public Task<ManagerAnswer> SignOnAsync(WorkerSignOn signOn, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, Base + "sign-on", Json(signOn, WorkerJson.Default.WorkerSignOn), null, cancellationToken, joins: true);

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
    /// A request whose body or response may be a file of any size. It is canceled when no data moves for the time limit of other requests.
    /// </summary>
    /// <param name="content">Creates the body; called once.</param>
    /// <param name="receive">Reads the response.</param>
    /// <exception cref="LocalFileException">A local file cannot be read or written.</exception>
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
            return new ManagerAnswer(0, default, $"no data for {_timeout.TotalSeconds:0} s");
        }
        catch (Exception e) when (e is HttpRequestException or IOException && e is not LocalFileException)
        {
            return NoAnswer(e);
        }
    }

    /// <summary>Reads the whole body, for <see cref="TransferAsync"/>.</summary>
    public static async Task<ManagerAnswer> ReadBodyAsync(HttpResponseMessage response, TransferDeadline deadline) =>
        new((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(deadline.Token));

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent Json<T>(T value, JsonTypeInfo<T> type)
    {
        // Buffered for a Content-Length, because some managers refuse chunked bodies.
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task<ManagerAnswer> SendAsync(
        HttpMethod method, string path, HttpContent? content, string? attempt, CancellationToken cancellationToken, bool isAnonymous = false,
        bool joins = false, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (!isAnonymous) request.Headers.Authorization = _authentication;
        if (joins && JoinCode is { } code) request.Headers.TryAddWithoutValidation(JoinHeader, code);
        if (attempt is not null) request.Headers.TryAddWithoutValidation(AttemptHeader, attempt);
        if (key is not null) request.Headers.TryAddWithoutValidation(KeyHeader, key);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_timeout);
        try
        {
            using var response = await _http.SendAsync(request, deadline.Token);
            var body = await response.Content.ReadAsByteArrayAsync(deadline.Token);
            return new ManagerAnswer((int)response.StatusCode, body)
            {
                Farm = FarmProof.IdIn(response.Headers.TryGetValues(IdentityHeader, out var ids) ? ids.First() : null),
                WaitsForApproval = response.Headers.Contains(ApprovalHeader),
            };
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

    private ManagerAnswer NoAnswer(Exception e) =>
        new(0, default, _trust.Describe(e)) { IsUntrusted = e is HttpRequestException failure && _trust.RefusalIn(failure) is not null };
}
