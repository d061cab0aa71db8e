using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Tests.Support;

namespace Farm.Tests.Drills.Fuzz;

/// <summary>The server in a process of its own, with a client for valid requests.</summary>
internal sealed class FuzzTarget : IDisposable
{
    // The drill is about single requests, so jobs are small. Everything else is as by default, and open.
    private const string Settings = "access: open\nopen_registration: true\nautodiscoverable: false\nshaman: {enabled: true}\njobs: {max_tasks: 300}\n";

    private readonly TemporaryDirectory _directory;
    private readonly ServerProcess _process;
    private readonly HttpClient _client;

    private FuzzTarget(TemporaryDirectory directory, ServerProcess process, int port)
    {
        (_directory, _process, Port) = (directory, process, port);
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>Its data directory.</summary>
    public string Data => _directory["farm"];

    /// <summary>The administrator's token.</summary>
    public string AdministratorToken => File.ReadAllText(Path.Combine(Data, "administrator.token")).Trim();

    /// <summary>The code with which the farm is set up.</summary>
    public string? SetupCode => Path.Combine(Data, "setup.code") is var file && File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    /// <summary>What the process wrote.</summary>
    public IEnumerable<string> Output => _process.Output;

    /// <summary>Whether the process lives.</summary>
    public bool IsAlive => _process.IsAlive;

    /// <summary>Its memory in bytes.</summary>
    public long ResidentBytes => _process.ResidentBytes;

    /// <summary>Starts it.</summary>
    public static async Task<FuzzTarget> StartAsync()
    {
        var directory = new TemporaryDirectory();
        try
        {
            Directory.CreateDirectory(directory["farm"]);
            var port = ServerProcess.FreePort();
            WriteSettings(directory);
            return new FuzzTarget(directory, await ServerProcess.StartAsync(directory["farm"], port), port);
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Undoes what requests did to the settings, and removes the backups that they made, which would fill the disk.</summary>
    public void Restore()
    {
        WriteSettings(_directory);
        foreach (var file in Directory.EnumerateFiles(Data, "*.db", SearchOption.AllDirectories).Where(file => file.Contains("backup", StringComparison.Ordinal))) File.Delete(file);
    }

    /// <summary>Stops the process and keeps its data.</summary>
    public void Stop() => _process.KillNow();

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
        _directory.Dispose();
    }

    /// <summary>The status of the answer to a request.</summary>
    public async Task<int> StatusAsync(string method, string path, string[] headers)
    {
        using var answer = await _client.SendAsync(Request(method, path, null, headers));
        return (int)answer.StatusCode;
    }

    /// <summary>Sends a valid request with a body of JSON, and answers with the JSON that came back, if any.</summary>
    /// <exception cref="InvalidOperationException">The answer has another status.</exception>
    public Task<JsonNode?> CallAsync(string method, string path, string? body, string[] headers, params int[] expected) =>
        SendAsync(method, path, "application/json", body is null ? null : Encoding.UTF8.GetBytes(body), headers, expected);

    /// <summary>Sends a valid request, and answers with the JSON that came back, if any.</summary>
    /// <exception cref="InvalidOperationException">The answer has another status.</exception>
    public async Task<JsonNode?> SendAsync(string method, string path, string type, byte[]? body, string[] headers, params int[] expected)
    {
        using var answer = await _client.SendAsync(Request(method, path, Content(type, body), headers));
        return Parse(await ReadAsync(method, path, answer, expected));
    }

    /// <summary>Signs a person in, and answers with what came back and the cookie to send.</summary>
    public async Task<(JsonNode Answer, string Cookie)> SignInAsync(string path, string credentials)
    {
        using var answer = await _client.SendAsync(Request("POST", path, Content("application/json", Encoding.UTF8.GetBytes(credentials)), []));
        var text = await ReadAsync("POST", path, answer, [200]);
        return (Parse(text)!, answer.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
    }

    private static void WriteSettings(TemporaryDirectory directory) => File.WriteAllText(directory["farm/farm.yaml"], $"{Settings}shared_storage_path: {directory["shared"]}\n");

    private static async Task<string> ReadAsync(string method, string path, HttpResponseMessage answer, int[] expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return expected.Contains((int)answer.StatusCode) ? text : throw new InvalidOperationException($"a valid request failed: {method} {path}: {(int)answer.StatusCode} {text}");
    }

    private static JsonNode? Parse(string text) => text.Length > 0 ? JsonNode.Parse(text) : null;

    private static ByteArrayContent? Content(string type, byte[]? body)
    {
        if (body is null) return null;
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static HttpRequestMessage Request(string method, string path, HttpContent? content, string[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        foreach (var header in headers) request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ", 2)[1]);
        return request;
    }
}
