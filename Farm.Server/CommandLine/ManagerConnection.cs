using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.Shared;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Access;
using Farm.Server.Store.Engine;
using Farm.Server.Worker;

namespace Farm.Server.CommandLine;

/// <summary>The HTTP connection of commands to the running server. Commands never open its database.</summary>
internal sealed class ManagerConnection : IDisposable
{
    private readonly HttpClient _http;

    private ManagerConnection(Uri address)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        // The audit of the farm tells by it what was done on the command line.
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"{Callers.CommandAgent}/{SoftwareVersion.Number}");
    }

    /// <summary>The URL of the server.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Connects to a URL, or to the server of this machine; as administrator if the data directory has a readable token.</summary>
    /// <exception cref="CommandFailedException">The URL is invalid.</exception>
    public static ManagerConnection To(string? url, string data)
    {
        var directory = new DataDirectory(data);
        if (!Uri.TryCreate(url ?? OwnUrl(directory), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CommandFailedException($"\"{url}\" is not a URL like http://localhost:8080");
        var connection = new ManagerConnection(address);
        if (AdministratorToken.Find(directory) is { } token && (url is null || address.IsLoopback))
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
        SendAsync(HttpMethod.Post, path, body is null ? null : new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")), cancellationToken);

    /// <summary>Sends a PUT request.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public Task PutAsync(string path, JsonNode body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")), cancellationToken);

    /// <summary>Sends a DELETE request.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>Sends a file as the body of a POST request.</summary>
    /// <exception cref="CommandFailedException">The server refused the request, or is not reachable.</exception>
    public async Task<JsonNode> UploadAsync(string path, Stream file, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return await SendAsync(HttpMethod.Post, path, content, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static string OwnUrl(DataDirectory directory)
    {
        var listen = FarmSettings.ListenUrl(SettingsFile.Read(null, directory).Listen);
        return listen.Replace("0.0.0.0", "127.0.0.1");
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
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

    private async Task<string> SendTextAsync(HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode) return text;
            throw new CommandFailedException($"the farm at {Address} refused the request: {Reason(text)} ({(int)response.StatusCode})");
        }
        catch (HttpRequestException absent)
        {
            throw new CommandFailedException($"cannot reach a farm at {Address}: {absent.Message} Start one with \"farm\", or use --url", absent);
        }
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
