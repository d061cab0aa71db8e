using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Farm.Dashboard.Ports;
using Farm.Server.Contracts.Shared;
using Farm.Server.Contracts.Shared.Dashboard;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Variables;
using Farm.Server.Hosting;
using Farm.Server.Hosting.Configuration;
using Farm.Server.Hosting.Dashboard;
using Farm.Server.Hosting.Security;
using Farm.Server.Operations;
using Farm.Server.Operations.Accounts;
using Farm.Server.Store.Engine;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Farm.Tests.Support;

/// <summary>A complete farm on a free loopback port, with its own data directory and clock.</summary>
public sealed class TestFarm : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TemporaryDirectory _data;

    private TestFarm(WebApplication app, TemporaryDirectory data, ManualTime time)
    {
        _app = app;
        _data = data;
        Time = time;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>Sends requests without credentials.</summary>
    public HttpClient Client { get; }

    /// <summary>The storage shared with the workers.</summary>
    public string SharedStorage => _data["shared"];

    internal ManualTime Time { get; }

    /// <summary>Sends a request with the administrator's token.</summary>
    internal Task<HttpResponseMessage> AsAdministratorAsync(HttpMethod method, string path, object? body = null)
    {
        var token = File.ReadAllText(Path.Combine(Data, "farm", "administrator.token")).Trim();
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
        return Client.SendAsync(request);
    }

    /// <summary>Its data directory.</summary>
    public string Data => _data.Path;

    internal T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Whoever looks at the pages, on the server's own machine.</summary>
    internal DashboardPeople People(string? session = null) =>
        ActivatorUtilities.CreateInstance<DashboardPeople>(_app.Services, new Circuit(session, null));

    /// <summary>A port of the dashboard for somebody on the server's own machine.</summary>
    internal T Port<T>(string? session) => ActivatorUtilities.CreateInstance<T>(_app.Services, People(session));

    /// <summary>What a visitor does on the pages, on the server's own machine.</summary>
    internal IFarmActions Actions() => ActivatorUtilities.CreateInstance<DashboardActions>(_app.Services, People());

    /// <summary>Starts a farm.</summary>
    /// <param name="limits">Its limits; null for the defaults.</param>
    /// <param name="variables">Its variables; null for none.</param>
    /// <param name="contracts">Settings of its protocols; null for the defaults.</param>
    /// <param name="shaman">Settings of Shaman; null for the defaults, which enable it.</param>
    /// <param name="security">Which clients it answers, and how much they may send; null for the defaults.</param>
    /// <param name="access">What visitors from other machines may do.</param>
    /// <param name="clock">Its clock; null for <see cref="Time"/>, which only the test advances.</param>
    /// <param name="openRegistration">Whether people who register need no administrator.</param>
    internal static async Task<TestFarm> StartAsync(
        FarmLimits? limits = null,
        IReadOnlyList<Variable>? variables = null,
        IReadOnlyDictionary<string, ContractSettings>? contracts = null,
        ShamanSettings? shaman = null,
        TimeProvider? clock = null,
        AccessMode access = AccessMode.Submit,
        bool openRegistration = true,
        SecuritySettings? security = null)
    {
        var data = new TemporaryDirectory();
        var time = new ManualTime();
        var app = FarmHost.Build(new FarmHostOptions(new DataDirectory(data["farm"]))
        {
            Urls = "http://127.0.0.1:0",
            Database = TestDatabase.Of(data["farm"]),
            Settings = new FarmSettings
            {
                Limits = limits ?? new FarmLimits(),
                Variables = new VariableTable(variables ?? [], "linux", "/shared"),
                Autodiscoverable = false,
                Access = access,
                Security = security ?? new SecuritySettings(),
                SharedStoragePath = data["shared"],
                Shaman = shaman ?? new ShamanSettings { Enabled = true },
                Accounts = new AccountSettings { OpenRegistration = openRegistration },
                Contracts = contracts ?? new Dictionary<string, ContractSettings>(),
            },
            Time = clock ?? time,
            Console = TextWriter.Null,
        });
        await app.StartAsync();
        return new TestFarm(app, data, time);
    }

    /// <summary>Registers a worker without signing it on.</summary>
    internal async Task<TestWorker> RegisterAsync(string name = "node", params string[] taskTypes)
    {
        const string secret = "0123456789abcdef";
        using var answer = await Client.PostAsJsonAsync("/api/v3/worker/register-worker", new
        {
            name,
            secret,
            platform = "linux",
            supported_task_types = taskTypes is [] ? ["misc", "blender", "ffmpeg"] : taskTypes,
        });
        var worker = await JsonAsync(answer);
        return new TestWorker(Client.BaseAddress!, (string)worker["uuid"]!, secret, name, taskTypes is [] ? ["misc", "blender", "ffmpeg"] : taskTypes);
    }

    /// <summary>A worker that is awake.</summary>
    internal async Task<TestWorker> AwakeAsync(string name = "node", params string[] taskTypes)
    {
        var worker = await RegisterAsync(name, taskTypes);
        await worker.SignOnAsync();
        await worker.BecomeAsync("awake");
        return worker;
    }

    /// <summary>Submits a job and returns it.</summary>
    internal async Task<JsonObject> SubmitAsync(object job)
    {
        using var answer = await Client.PostAsJsonAsync("/api/v3/jobs", job);
        return await JsonAsync(answer);
    }

    /// <summary>Submits a job with one "echo" task and this many "sleep" tasks that depend on it.</summary>
    internal Task<JsonObject> SubmitEchoAsync(int sleeps = 1, int priority = 50, string name = "Echo", string status = "queued") => SubmitAsync(new
    {
        name,
        type = "echo-sleep-test",
        priority,
        submitter_platform = "linux",
        initial_status = status,
        settings = new { message = "hello", sleep_duration_seconds = 2, sleep_repeats = sleeps },
    });

    /// <summary>Submits a job with this many independent "render-…" tasks, plus a video that depends on them if a frame rate is given.</summary>
    internal Task<JsonObject> SubmitFramesAsync(int frames, int priority = 50, string name = "Shot", int fps = 0) => SubmitAsync(new
    {
        name,
        type = "simple-blender-render",
        priority,
        submitter_platform = "linux",
        settings = new
        {
            frames = $"1-{frames}",
            chunk_size = 1,
            render_output_root = "/render",
            add_path_components = 0,
            render_output_path = "/render/######",
            blendfile = "/shared/shot.blend",
            fps,
            format = "PNG",
            image_file_extension = ".png",
            has_previews = false,
            scene = "",
        },
    });

    /// <summary>Gets JSON from a path, which must succeed.</summary>
    internal async Task<JsonObject> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(path);
        return await JsonAsync(answer);
    }

    /// <summary>The tasks of a job, in the order of their index.</summary>
    internal async Task<List<JsonObject>> TasksAsync(JsonObject job) =>
        [.. (await GetAsync($"/api/v3/jobs/{job["id"]}/tasks"))["tasks"]!.AsArray().Select(task => task!.AsObject())];

    /// <summary>The status of a job.</summary>
    internal async Task<string> StatusOfAsync(JsonObject job) => (string)(await GetAsync($"/api/v3/jobs/{job["id"]}"))["status"]!;

    /// <summary>Requests a status for a job.</summary>
    internal Task<HttpResponseMessage> SetJobAsync(JsonObject job, string status) =>
        Client.PostAsJsonAsync($"/api/v3/jobs/{job["id"]}/setstatus", new { status, reason = "test" });

    /// <summary>Requests a status for a worker.</summary>
    internal Task<HttpResponseMessage> AskWorkerAsync(TestWorker worker, string status, bool lazy = false) =>
        Client.PostAsJsonAsync($"/api/v3/worker-mgt/workers/{worker.Id}/setstatus", new { status, is_lazy = lazy });

    /// <summary>Sends raw bytes and returns everything received up to the end of the first JSON object.</summary>
    internal async Task<string> RawAsync(string request)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(Client.BaseAddress!.Host, Client.BaseAddress.Port);
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        for (var read = 1; read > 0 && !text.ToString().EndsWith('}');)
        {
            read = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20));
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }

    /// <summary>Keeps the database from growing, as on a full disk.</summary>
    internal Task FillDiskAsync() => Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1"));

    /// <summary>Lets the database grow again.</summary>
    internal Task FreeDiskAsync() => Service<FarmStore>().WriteAsync(tx => tx.Db.Execute("PRAGMA max_page_count = 1073741823"));

    /// <summary>The body of a response, which must be successful.</summary>
    internal static async Task<JsonObject> JsonAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }
}
