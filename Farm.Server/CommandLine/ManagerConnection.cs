using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Operations.Access;
using Farm.Server.Store.Engine;

namespace Farm.Server.CommandLine;

/// <summary>How verbs speak to the running server: over HTTP, never to the database beneath it.</summary>
internal sealed class ManagerConnection : IDisposable
{
    private readonly HttpClient _http;

    private ManagerConnection(Uri address) => _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>Where the server is.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>A connection to the URL that was named, else to the server of this machine; as an administrator where the data directory allows it.</summary>
    /// <exception cref="CommandFailedException">The URL is none.</exception>
    public static ManagerConnection To(string? url, string data)
    {
        var directory = new DataDirectory(data);
        if (!Uri.TryCreate(url ?? OwnUrl(directory), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CommandFailedException($"\"{url}\" is not an address of a farm; it looks like http://localhost:8080");
        var connection = new ManagerConnection(address);
        if (AdministratorToken.Find(directory) is { } token && (url is null || address.IsLoopback))
            connection._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return connection;
    }

    /// <summary>Asks for something.</summary>
    /// <exception cref="CommandFailedException">The server refused, or is not there.</exception>
    public Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>Has something done.</summary>
    /// <exception cref="CommandFailedException">The server refused, or is not there.</exception>
    public Task<JsonNode> PostAsync(string path, JsonNode? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, body is null ? null : new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")), cancellationToken);

    /// <summary>Has something removed.</summary>
    /// <exception cref="CommandFailedException">The server refused, or is not there.</exception>
    public Task DeleteAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>Sends a file.</summary>
    /// <exception cref="CommandFailedException">The server refused, or is not there.</exception>
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
        using var request = new HttpRequestMessage(method, path) { Content = body };
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode) return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
            throw new CommandFailedException($"the farm at {Address} refused: {Reason(text)} ({(int)response.StatusCode})");
        }
        catch (HttpRequestException absent)
        {
            throw new CommandFailedException($"no farm answers at {Address}: {absent.Message} Start one with \"farm\", or name another with --url", absent);
        }
        catch (JsonException broken)
        {
            throw new CommandFailedException($"what answers at {Address} is not a farm: {broken.Message}", broken);
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
