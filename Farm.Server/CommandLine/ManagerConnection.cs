using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Https;
using Farm.Server.Operations.Access;
using Farm.Server.Store.Engine;
using Farm.Server.Worker;
using Farm.Server.Worker.Protocol;

namespace Farm.Server.CommandLine;

/// <summary>The HTTP connection of commands to the running server. Commands never open its database.</summary>
internal sealed class ManagerConnection : IDisposable
{
    private const int MaxTries = 3;

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private readonly ServerTrust _trust;

    private ManagerConnection(Uri address, ServerTrust trust)
    {
        var handler = new SocketsHttpHandler();
        trust.ApplyTo(handler);
        _trust = trust;
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        // The audit of the farm tells by it what was done on the command line.
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"{Callers.CommandAgent}/{SoftwareVersion.Number}");
    }

    /// <summary>The URL of the server.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>
    /// Connects to a URL, or to the server of this machine; as administrator if the data directory has a readable token. The server of this machine must
    /// show the certificate that its data directory or settings name, others one that this machine trusts.
    /// </summary>
    /// <param name="url">The URL; null for the server of this machine.</param>
    /// <param name="data">The data directory.</param>
    /// <param name="fingerprint">The fingerprint of the certificate that the server must show; null for none.</param>
    /// <exception cref="CommandFailedException">The URL is invalid.</exception>
    /// <exception cref="Operations.Configuration.SettingException">A setting of this machine's server is invalid.</exception>
    public static ManagerConnection To(string? url, string data, string? fingerprint = null)
    {
        var directory = new DataDirectory(data);
        if (!Uri.TryCreate(url ?? OwnUrl(directory), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CommandFailedException($"\"{url}\" is not a URL like http://localhost:8080");
        if (fingerprint is not null && address.Scheme != Uri.UriSchemeHttps)
            throw new CommandFailedException($"--certificate-fingerprint needs a URL with https, and {address} is not encrypted");
        var isOwn = url is null || address.IsLoopback;
        var trust = fingerprint is null && address.Scheme == Uri.UriSchemeHttps
            ? new ServerTrust(address, OwnFingerprint(directory), isExact: isOwn)
            : new ServerTrust(address, fingerprint);
        var connection = new ManagerConnection(address, trust);
        if (AdministratorToken.Find(directory) is { } token && isOwn)
            connection._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return connection;
    }

    /// <summary>Sends a GET request.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends a GET request for a text, such as a file.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public Task<string> GetTextAsync(string path, CancellationToken cancellationToken) => SendTextAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Sends a POST request.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public Task<JsonNode> PostAsync(string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, () => Json(body), cancellationToken);

    /// <summary>Sends a PUT request.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public Task PutAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, () => Json(body), cancellationToken);

    /// <summary>Sends a DELETE request.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>Sends a file as the body of a POST request.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public Task<JsonNode> UploadAsync(string path, Stream file, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, () => new RepeatableContent(file), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string OwnUrl(DataDirectory directory)
    {
        var urls = ListenUrls.Of(SettingsFile.Read(null, directory).Listen);
        return urls.OrderBy(HttpsHosting.IsHttps).First().Replace("//*:", "//127.0.0.1:").Replace("//+:", "//127.0.0.1:").Replace("0.0.0.0", "127.0.0.1");
    }

    private static string? OwnFingerprint(DataDirectory directory)
    {
        var settings = SettingsFile.Read(null, directory).Certificate;
        return settings.File.Length == 0 ? null : new CertificateFiles(settings, directory).FindFingerprint();
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, Func<HttpContent?>? body, CancellationToken cancellationToken)
    {
        var text = await SendTextAsync(method, path, body, cancellationToken);
        try
        {
            return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
        }
        catch (JsonException broken)
        {
            throw new CommandFailedException($"the server at {Address} is not a farm: {broken.Message}", broken);
        }
    }

    private static StringContent? Json(JsonNode? body) => body is null ? null : new(body.ToJsonString(), new MediaTypeHeaderValue("application/json"));

    private async Task<string> SendTextAsync(HttpMethod method, string path, Func<HttpContent?>? body, CancellationToken cancellationToken)
    {
        // The farm carries out only one of the requests with the same key.
        var key = Guid.NewGuid().ToString();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await TrySendTextAsync(method, path, body, key, cancellationToken);
            }
            catch (HttpRequestException lost) when (tries < MaxTries && IsAnswerLost(lost))
            {
                await Task.Delay(RetryDelay, cancellationToken);
            }
            catch (HttpRequestException absent)
            {
                if (_trust.RefusalIn(absent) is { } refusal) throw new CommandFailedException(refusal, absent);
                throw new CommandFailedException($"cannot reach a farm at {Address}: {_trust.Describe(absent).TrimEnd('.')}. Start one with \"farm\", or use --url", absent);
            }
        }
    }

    /// <summary>Whether a server was reached, and may have done what it was asked for.</summary>
    private static bool IsAnswerLost(HttpRequestException error) =>
        error.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown && error.InnerException is IOException;

    private async Task<string> TrySendTextAsync(HttpMethod method, string path, Func<HttpContent?>? body, string key, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body?.Invoke() };
        if (method != HttpMethod.Get) request.Headers.Add(IdempotencyKey.Header, key);
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        if (response.IsSuccessStatusCode) return text;
        throw new CommandFailedException($"the farm at {Address} refused the request: {Reason(text)} ({(int)response.StatusCode})");
    }

    private static string Reason(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject refusal && (refusal["message"] ?? refusal["error"]) is { } reason ? reason.ToString() : body;
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
