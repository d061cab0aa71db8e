using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Server.Contracts.FlowServ;
using Farm.Server.Contracts.Shared;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Accounts;
using Farm.Server.Operations.Accounts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;
using Farm.Tests.Support;

namespace Farm.Tests.Contracts.FlowServ;

/// <summary>What a farm said.</summary>
internal sealed record Said(int Status, string Text, HttpResponseMessage Answer)
{
    /// <summary>The JSON of the body.</summary>
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>Status and <c>message</c>.</summary>
    public (int, string?) Error => (Status, (string?)Json["message"]);
}

/// <summary>A farm that speaks flowServ, with people and a workflow.</summary>
internal sealed class FlowServFarm : IAsyncDisposable
{
    public const string Base = "/flowserv/api/v1";

    private FlowServFarm(TestFarm farm) => Farm = farm;

    public TestFarm Farm { get; }

    public static async Task<FlowServFarm> StartAsync(
        FlowServSettings? settings = null, TimeProvider? clock = null, bool openRegistration = false) => new(await TestFarm.StartAsync(
        contracts: new Dictionary<string, ContractSettings> { ["flowserv"] = new() { Own = settings } }, clock: clock, openRegistration: openRegistration));

    /// <summary>A user who is logged in, and the token. The password is not hashed, which would take the tests' time.</summary>
    public async Task<(string Id, string Token)> PersonAsync(string name)
    {
        var uuid = Guid.CreateVersion7();
        var id = await Farm.Service<FarmStore>().WriteAsync(tx => AccountTable.Insert(tx.Db, uuid, name, "-", true, Role.Artist, tx.Now));
        var session = await Farm.Service<Sessions>().OpenLastingAsync(id, TimeSpan.FromDays(1));
        return (uuid.ToString("N"), session.Token);
    }

    /// <summary>Adds an administrator, whose password is "correct horse".</summary>
    public Task<Account> AdministratorAsync(string name) => Farm.Service<FarmAccounts>().AddAsync(Caller.Farm, name, "correct horse", Role.Administrator);

    /// <summary>Installs a project folder and answers with its id.</summary>
    public async Task<string> InstallAsync(IReadOnlyDictionary<string, string>? project = null)
    {
        var said = await TryInstallAsync(project ?? Projects.HelloWorld);
        Assert.True(said.Status == 201, said.Text);
        return (string)said.Json["id"]!;
    }

    public Task<Said> TryInstallAsync(IReadOnlyDictionary<string, string> project, string query = "") => TryInstallAsync(Projects.Packed(project), query);

    public async Task<Said> TryInstallAsync(byte[] archive, string query = "")
    {
        var token = (await File.ReadAllTextAsync(Path.Combine(Farm.Data, "farm", "administrator.token"))).Trim();
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/farm/v1/workflows" + query) { Content = new ByteArrayContent(archive) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await ReadAsync(await Farm.Client.SendAsync(request));
    }

    /// <summary>Makes a group of a workflow and answers with its id.</summary>
    public async Task<string> GroupAsync(string workflow, string token, string name = "testers") =>
        (string)(await DoAsync(201, "POST", $"workflows/{workflow}/groups", token, $$"""{"name":"{{name}}"}"""))["id"]!;

    /// <summary>Uploads a file as the Python client does and answers with its id.</summary>
    public async Task<string> UploadAsync(string group, string token, string name = "names.txt", string content = "Alice\nBob\n", string part = "files")
    {
        var said = await SendFormAsync($"uploads/{group}/files", token, part, name, Encoding.UTF8.GetBytes(content));
        Assert.True(said.Status == 201, said.Text);
        return (string)said.Json["id"]!;
    }

    public Task<Said> SendFormAsync(string path, string? token, string part, string fileName, byte[] content)
    {
        var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(content);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{part}\"; filename=\"{fileName}\"");
        form.Add(file);
        return SendAsync("POST", path, token, form);
    }

    /// <summary>Starts a run and answers with its handle.</summary>
    public async Task<JsonNode> StartRunAsync(string group, string token, string arguments = "[]") =>
        await DoAsync(201, "POST", $"groups/{group}/runs", token, $$"""{"arguments":{{arguments}}}""");

    /// <summary>Says something whose answer must have a status, and answers with its JSON.</summary>
    public async Task<JsonNode> DoAsync(int status, string method, string path, string? token = null, string? body = null)
    {
        var said = await SayAsync(method, path, token, body);
        Assert.True(said.Status == status, $"{said.Status} {said.Text}");
        return said.Json;
    }

    public Task<Said> SayAsync(string method, string path, string? token = null, string? body = null) =>
        SendAsync(method, path, token, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));

    public async Task<Said> SendAsync(string method, string path, string? token, HttpContent? content)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path.StartsWith('/') ? path : $"{Base}/{path}") { Content = content };
        if (token is not null) request.Headers.Add("api_key", token);
        return await ReadAsync(await Farm.Client.SendAsync(request));
    }

    /// <summary>The bytes at a path, asked for without a token.</summary>
    public async Task<byte[]> FetchAsync(string path)
    {
        using var answer = await Farm.Client.GetAsync($"{Base}/{path}");
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public Task<TestWorker> WorkerAsync(string name = "node") => Farm.AwakeAsync(name, "workflow");

    public ValueTask DisposeAsync() => Farm.DisposeAsync();

    private static async Task<Said> ReadAsync(HttpResponseMessage answer) => new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
}
